-- SPDX-License-Identifier: GPL-3.0-or-later
-- plugins/controls/incident_response.lua -- a team that has done it before.
--
-- Costs grow with the time until an attack is contained.  Practice shortens that from
-- `before` to `after`; what is lost grows with the logarithm of the time:
--   efficacy(age) = steepness ln(before / time(age)), at most `most`,
--   ln time(age)  = ln before + (ln after - ln before) (1 - e^(-age / practice))

return riskwheel.control {
  api = 1, name = "incident_response", version = "1.0.0", license = "GPL-3.0-or-later",
  doc = "Incident response: contains sooner, and the loss is smaller for it.",
  source = "steepness: breaches contained within 200 days cost 3.93M, later ones 4.95M (IBM 2023), "
    .. "from which 0.1 to 0.25 a factor e is judgement. before: 258 days to identify and contain (IBM "
    .. "2024). after, practice, most: judgement.",
  parameters = {
    before = { unit = "year", min = 1e-3, default = 258 / 365, doc = "time to contain without the team" },
    after = { unit = "year", min = 1e-4,
      default = { dist = "lognormal", median = 60 / 365, p95 = 200 / 365, floor = 1e-3 },
      doc = "time to contain with a team in practice" },
    steepness = { unit = "1", min = 0, max = 1, default = { dist = "uniform", min = 0.1, max = 0.25 },
      doc = "part of the loss that e times less time saves" },
    practice = { unit = "year", min = 0.01, default = 1, doc = "time to learn 63 % of it" },
    most = { unit = "1", min = 0, max = 1, default = 0.6, doc = "the most that speed can save of a loss" },
  },

  cycle = function(c, p)
    local whole = vec.max(0, vec.log(p.before / p.after))
    local learnt = 1 - vec.exp(-vec.max(0, c.age) / p.practice)
    c.efficacy = vec.min(p.most, p.steepness * whole * learnt)
  end,

  examples = {
    { doc = "e times as fast, 63 % learnt", given = { age = 1 },
      parameters = { before = 0.5, after = 0.5 / math.exp(1), steepness = 0.2, practice = 1, most = 0.9 },
      expect = { efficacy = 0.2 * (1 - math.exp(-1)) } },
    { doc = "slower than before saves nothing", given = { age = 1 },
      parameters = { before = 0.1, after = 0.5 }, expect = { efficacy = 0 } },
  },
  monotone = { efficacy = { before = 1, after = -1, steepness = 1, practice = -1, most = 1 } },
}
