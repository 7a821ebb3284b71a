-- SPDX-License-Identifier: GPL-3.0-or-later
-- plugins/controls/physical_access.lua -- doors, and people who close them.
--
-- Who should not be there has to pass each of the layers, and a layer is open where
-- somebody holds the door; habits slacken between drives:
--   efficacy(age) = 1 - slack(age)^layers,
--   slack(age)    = 1 - (1 - slack) 2^(-since / half_life),  since = age mod drive

return riskwheel.control {
  api = 1, name = "physical_access", version = "1.0.0", license = "GPL-3.0-or-later",
  doc = "Access to rooms: several layers, each as good as the people who use it.",
  source = "layers, slack, half_life, drive: judgement.",
  parameters = {
    layers = { unit = "1", min = 0, max = 10, default = 2, doc = "doors to pass, independent of each other" },
    slack = { unit = "1", min = 0, max = 1, default = { dist = "beta", alpha = 3, beta = 5 },
      doc = "chance that a layer lets a stranger pass, right after a drive" },
    half_life = { unit = "year", min = 0.01, default = 1, doc = "time in which half of the care is lost" },
    drive = { unit = "year", min = 0.01, default = 1, doc = "time from drive to drive" },
  },

  cycle = function(c, p)
    local age = vec.max(0, c.age)
    local since = vec.max(0, age - p.drive * vec.floor(age / p.drive))
    local slack = 1 - (1 - p.slack) * 2 ^ -(since / p.half_life)
    c.efficacy = 1 - slack ^ p.layers
  end,

  examples = {
    { doc = "two layers that let one in five pass", given = { age = 0 },
      parameters = { layers = 2, slack = 0.2 }, expect = { efficacy = 0.96 } },
    { doc = "and three in five when care has halved", given = { age = 1.5 },
      parameters = { layers = 2, slack = 0.2, half_life = 0.5, drive = 1 },
      expect = { efficacy = 1 - 0.6 ^ 2 } },
  },
  monotone = { efficacy = { layers = 1, slack = -1, half_life = 1 } },
}
