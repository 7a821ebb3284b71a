-- SPDX-License-Identifier: GPL-3.0-or-later
-- plugins/controls/segmentation.lua -- networks parted, so that one host is not all.
--
-- An intruder in one of n equal zones reaches another only through an opening;
-- exceptions accumulate and are cleared at every review.  What is out of reach:
--   efficacy(age) = (1 - 1 / zones) (1 - open(age)),
--   open(age)     = 1 - (1 - leaky) e^(-erosion since),  since = age mod review

return riskwheel.control {
  api = 1, name = "segmentation", version = "1.0.0", license = "GPL-3.0-or-later",
  doc = "Network segmentation: limits reach by zones, eroded by exceptions until the next review.",
  source = "zones, leaky, erosion, review: judgement.",
  parameters = {
    zones = { unit = "1", min = 1, max = 1000, default = 6, doc = "zones of about equal worth" },
    leaky = { unit = "1", min = 0, max = 1, default = { dist = "beta", alpha = 3, beta = 7 },
      doc = "chance that there is a way across right after a review" },
    erosion = { unit = "1/year", min = 0, max = 10, default = { dist = "uniform", min = 0.1, max = 0.6 },
      doc = "rate at which exceptions open what is closed" },
    review = { unit = "year", min = 0.01, default = 1, doc = "time from review to review" },
  },

  cycle = function(c, p)
    local age = vec.max(0, c.age)
    local since = vec.max(0, age - p.review * vec.floor(age / p.review))
    c.efficacy = (1 - 1 / p.zones) * (1 - p.leaky) * vec.exp(-p.erosion * since)
  end,

  examples = {
    { doc = "four zones, right after the second review",
      parameters = { zones = 4, leaky = 0.2, erosion = 0.5, review = 0.5 }, given = { age = 0.5 },
      expect = { efficacy = 0.75 * 0.8 } },
    { doc = "half a year of exceptions", parameters = { zones = 4, leaky = 0.2, erosion = 0.5, review = 1 },
      given = { age = 1.5 }, expect = { efficacy = 0.6 * math.exp(-0.25) } },
    { doc = "one zone is none", parameters = { zones = 1 }, given = { age = 1 }, expect = { efficacy = 0 } },
  },
  monotone = { efficacy = { zones = 1, leaky = -1, erosion = -1 } },
}
