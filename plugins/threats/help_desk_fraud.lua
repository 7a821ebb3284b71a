-- SPDX-License-Identifier: GPL-3.0-or-later
-- plugins/threats/help_desk_fraud.lua -- somebody talks the help desk into a reset.
--
-- A caller needs an agent who does not verify.  Agents tire: with more calls than
-- they can answer, the part of them who skip the procedure grows:
--   skip = 1 - (1 - careless) / max(1, load)

return riskwheel.threat {
  api = 1, name = "help_desk_fraud", version = "1.0.0", license = "GPL-3.0-or-later",
  doc = "Callers who have credentials or second factors reset at the help desk.",
  source = "careless, known, load: judgement (no study counts such calls; AI in more than 80 % of "
    .. "social engineering, ENISA ETL 2025).",
  parameters = {
    calls = { unit = "1/year", min = 0, doc = "fraudulent calls a year" },
    careless = { unit = "1", min = 0, max = 1, default = { dist = "beta", alpha = 2, beta = 8 },
      doc = "part of the agents who skip the check of identity at an ordinary load" },
    load = { unit = "1", min = 0, max = 20, default = { dist = "pert", min = 0.6, mode = 0.9, max = 2 },
      doc = "calls by what the desk can answer" },
    known = { unit = "1", min = 0, max = 1, default = { dist = "beta", alpha = 3, beta = 7 },
      doc = "chance that the caller knows enough to pass a check" },
  },

  cycle = function(t, p)
    local skip = 1 - (1 - p.careless) / vec.max(1, p.load)
    t.frequency = p.calls
    t.susceptibility = vec.clamp(skip + (1 - skip) * p.known, 0, 1)
  end,

  examples = {
    { doc = "a desk with time", parameters = { calls = 10, careless = 0.2, load = 0.8, known = 0.25 },
      expect = { frequency = 10, susceptibility = 0.2 + 0.8 * 0.25 } },
    { doc = "twice the calls it can answer", parameters = { calls = 10, careless = 0.2, load = 2, known = 0 },
      expect = { susceptibility = 0.6 } },
  },
  monotone = { frequency = { calls = 1 }, susceptibility = { careless = 1, load = 1, known = 1 } },
}
