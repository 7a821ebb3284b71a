-- SPDX-License-Identifier: GPL-3.0-or-later
-- plugins/threats/regulatory_action.lua -- a supervisor opens a case.
--
-- Reportable breaches lead to a case with some probability, complaints do, and
-- audits of the supervisor's own find something:
--   frequency      = breaches reported + complaints + audits
--   susceptibility = chance that a case ends in a sanction, which falls as the
--                    privacy programme matures: sanction e^(-maturing t)

return riskwheel.threat {
  api = 1, name = "regulatory_action", version = "1.0.0", license = "GPL-3.0-or-later",
  doc = "Sanctions by supervisors after breaches, complaints or audits; caps belong into regulations.",
  source = "reported, complaints, audits, sanction, maturing: judgement (most notified breaches end "
    .. "without a fine).",
  parameters = {
    breaches = { unit = "1/year", min = 0, doc = "breaches a year that have to be reported" },
    reported = { unit = "1", min = 0, max = 1, default = { dist = "beta", alpha = 2, beta = 8 },
      doc = "chance that a report opens a case" },
    complaints = { unit = "1/year", min = 0, default = { dist = "lognormal", median = 0.05, p95 = 0.4 },
      doc = "cases a year by complaints" },
    audits = { unit = "1/year", min = 0, default = 0.05,
      doc = "cases a year by the supervisor's own audits" },
    sanction = { unit = "1", min = 0, max = 1, default = { dist = "beta", alpha = 2, beta = 8 },
      doc = "chance that a case ends in a sanction, at the start" },
    maturing = { unit = "1/year", min = 0, max = 3, default = 0.1, doc = "rate at which that falls" },
  },

  cycle = function(t, p)
    t.frequency = vec.min(1e6, p.breaches * p.reported + p.complaints + p.audits)
    t.susceptibility = p.sanction * vec.exp(-p.maturing * t.time)
  end,

  examples = {
    { doc = "two breaches of which every fourth opens a case", given = { time = 1 },
      parameters = { breaches = 2, reported = 0.25, complaints = 0.1, audits = 0.05, sanction = 0.2,
        maturing = 0.5 },
      expect = { frequency = 0.65, susceptibility = 0.2 * math.exp(-0.5) } },
  },
  monotone = { frequency = { breaches = 1, reported = 1, complaints = 1, audits = 1 },
    susceptibility = { sanction = 1, maturing = -1 } },
}
