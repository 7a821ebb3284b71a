-- SPDX-License-Identifier: GPL-3.0-or-later
-- plugins/controls/awareness_training.lua -- training that is forgotten.
--
-- All staff have been reached after `ramp` years.  From each session on the
-- effect halves in every half-life until the next:
--   efficacy(age) = efficacy min(1, age / ramp) 2^(-since / half_life)
--   since         = age mod refresh: years since the last session

return riskwheel.control {
  api = 1, name = "awareness_training", version = "1.0.0", license = "GPL-3.0-or-later",
  doc = "Awareness training: reaches staff step by step, wears off between refreshes.",
  source = "half_life: Reinheimer et al., SOUPS 2020 (an effect at 4 months, none at 6), "
    .. "from which 5 months is judgement. efficacy: judgement between Ho et al., IEEE S&P "
    .. "2025 (failures 1.7 % lower over 8 months, 19,500 staff) and KnowBe4 2025 (33 % to "
    .. "4 % in 12 months, a vendor's figure). refresh and ramp: judgement.",
  parameters = {
    efficacy = { unit = "1", min = 0, max = 1,
      default = { dist = "pert", min = 0.02, mode = 0.15, max = 0.6 },
      doc = "share of successful lures prevented right after a session" },
    half_life = { unit = "year", min = 0.01, default = 5 / 12,
      doc = "time in which half of the effect is forgotten" },
    refresh = { unit = "year", min = 0.01, default = 0.5, doc = "time from session to session" },
    ramp = { unit = "year", min = 0.001, default = 0.25, doc = "time until all staff are reached" },
  },

  cycle = function(c, p)
    local age = vec.max(0, c.age)
    local since = age - p.refresh * vec.floor(age / p.refresh)
    local reached = vec.min(1, age / p.ramp)
    -- rounding may leave `since` a hair below 0
    c.efficacy = p.efficacy * reached * 2 ^ -(vec.max(0, since) / p.half_life)
  end,

  examples = {
    { doc = "nobody is trained on the first day", parameters = { efficacy = 0.4 },
      given = { age = 0 }, expect = { efficacy = 0 } },
    { doc = "a half-life after the session at 6 months",
      parameters = { efficacy = 0.4, half_life = 0.25, refresh = 0.5, ramp = 0.25 },
      given = { age = 0.75 }, expect = { efficacy = 0.2 } },
    { doc = "half of the staff reached, in the middle of the ramp",
      parameters = { efficacy = 0.4, half_life = 0.25, refresh = 0.5, ramp = 0.5 },
      given = { age = 0.25 }, expect = { efficacy = 0.4 / 2 / 2 } },
  },
  monotone = { efficacy = { efficacy = 1, half_life = 1, ramp = -1 } },
}
