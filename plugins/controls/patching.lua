-- SPDX-License-Identifier: GPL-3.0-or-later
-- plugins/controls/patching.lua -- fixing faster than before.
--
-- Time to fix and time to exploit are exponential with means `fix` and `exploit`; a
-- weakness is exploited before it is fixed with chance fix / (fix + exploit).  The
-- control brings the mean time to fix from `before` to `after`, in a ramp:
--   efficacy = 1 - exposed(fix(age)) / exposed(before),  exposed(x) = x / (x + exploit)

return riskwheel.control {
  api = 1, name = "patching", version = "1.0.0", license = "GPL-3.0-or-later",
  doc = "Faster patching: fewer weaknesses are open when their exploit comes.",
  source = "before: half of the weaknesses open after 90 days (Cyentia and Kenna, Prioritization to "
    .. "Prediction 2; a mean of 130 days if exponential). after: judgement (edge devices: median 32 "
    .. "days, DBIR 2025; due dates of CISA's KEV: median 21 days). exploit: judgement between 32 "
    .. "days (2021-22) and 5 (2023) of Mandiant's time to exploit.",
  parameters = {
    before = { unit = "year", min = 1e-3, default = 130 / 365, doc = "mean time to fix without the control" },
    after = { unit = "year", min = 1e-4, default = { dist = "lognormal", median = 30 / 365, p95 = 90 / 365,
      floor = 0.001 }, doc = "mean time to fix with it" },
    exploit = { unit = "year", min = 1e-4, default = { dist = "lognormal", median = 15 / 365, p95 = 60 / 365,
      floor = 0.001 }, doc = "mean time to exploit" },
    ramp = { unit = "year", min = 0.001, default = 0.5, doc = "time until it works in full" },
  },

  cycle = function(c, p)
    local done = vec.clamp(c.age / p.ramp, 0, 1)
    local fix = p.before + (vec.min(p.after, p.before) - p.before) * done
    local now, was = fix / (fix + p.exploit), p.before / (p.before + p.exploit)
    c.efficacy = vec.clamp(1 - now / was, 0, 1)
  end,

  examples = {
    { doc = "from 90 to 30 days against exploits after 30",
      parameters = { before = 90 / 365, after = 30 / 365, exploit = 30 / 365, ramp = 0.5 },
      given = { age = 1 }, expect = { efficacy = 1 - 0.5 / 0.75 } },
    { doc = "no faster than before is no control",
      parameters = { before = 0.1, after = 0.2, exploit = 0.1 }, given = { age = 1 },
      expect = { efficacy = 0 } },
  },
  monotone = { efficacy = { after = -1, ramp = -1 } },
}
