-- SPDX-License-Identifier: GPL-3.0-or-later
-- plugins/controls/logging_detection.lua -- somebody sees it in time.
--
-- Attacks leave traces where logs are kept; a trace raises an alarm, and an alarm is
-- read unless it drowns among false ones.  Tuning lowers these over time:
--   efficacy(age) = logged alarmed read(age),
--   read(age)     = 1 / (1 + noise e^(-tuning age))

return riskwheel.control {
  api = 1, name = "logging_detection", version = "1.0.0", license = "GPL-3.0-or-later",
  doc = "Logging and detection: visibility, alarms, and people who still read them.",
  source = "logged, alarmed, noise, tuning: judgement (median dwell time 416 days in 2011, 10 in 2023, "
    .. "M-Trends; found by the own team: 33 % in 2023, 42 % in 2024, IBM).",
  parameters = {
    logged = { unit = "1", min = 0, max = 1, default = { dist = "beta", alpha = 6, beta = 4 },
      doc = "part of the attacks that leave a trace where logs are kept" },
    alarmed = { unit = "1", min = 0, max = 1, default = { dist = "beta", alpha = 6, beta = 4 },
      doc = "chance that a trace raises an alarm" },
    noise = { unit = "1", min = 0, max = 1000, default = { dist = "uniform", min = 0.5, max = 4 },
      doc = "false alarms for each that can be read, at the start" },
    tuning = { unit = "1/year", min = 0, max = 10, default = 0.7, doc = "rate at which tuning lowers these" },
  },

  cycle = function(c, p)
    local noise = p.noise * vec.exp(-p.tuning * vec.max(0, c.age))
    c.efficacy = p.logged * p.alarmed / (1 + noise)
  end,

  examples = {
    { doc = "three false ones for each alarm that can be read", given = { age = 0 },
      parameters = { logged = 0.8, alarmed = 0.5, noise = 3 }, expect = { efficacy = 0.1 } },
    { doc = "a third of them after tuning", given = { age = 2 },
      parameters = { logged = 0.8, alarmed = 0.5, noise = 3, tuning = math.log(3) / 2 },
      expect = { efficacy = 0.2 } },
  },
  monotone = { efficacy = { logged = 1, alarmed = 1, noise = -1, tuning = 1 } },
}
