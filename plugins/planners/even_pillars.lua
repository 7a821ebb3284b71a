-- SPDX-License-Identifier: GPL-3.0-or-later
-- plugins/planners/even_pillars.lua -- all pillars grow together.
--
-- A control has to pay for itself.  Of those that do, the ones of the pillar least
-- built so far come first, and within a pillar what returns most:
--   worth = 1 - cost / (benefit years_left),  cost = capital + running working
--   score = worth + weight (1 - covered),  0 where worth is not above hurdle
-- benefit: a year, as a mean over all that is left; working: years from the end of its
-- build to the end of the horizon; covered: the share of its pillar's controls that are
-- there or bought already.  worth is below 1,
-- so with the weight a number of controls a pillar has more than outweighs it.

return riskwheel.planner {
  api = 1, name = "even_pillars", version = "1.1.0", license = "GPL-3.0-or-later",
  doc = "Buys what pays for itself, for the pillar that has least first.",
  source = "judgement: frameworks ask for all pillars, audits find the one that is missing.",
  parameters = {
    weight = { unit = "1", min = 0, max = 1000, default = 10,
      doc = "how much a pillar's lack counts against what a control returns" },
    hurdle = { unit = "1", min = 0, max = 1, default = 0,
      doc = "share of the loss avoided that must be left after its cost" },
  },

  score = function(plan, p)
    for _, c in ipairs(plan.candidates) do
      local working = math.max(plan.years_left - c.build_years, 0)
      local avoided = c.benefit * plan.years_left
      local cost = c.capital + c.running * working
      local worth = vec.where(vec.gt(avoided, 0), 1 - cost / vec.max(avoided, 1e-9), 0)
      c.score = vec.where(vec.gt(worth, p.hurdle), worth + p.weight * (1 - c.pillar_covered), 0)
    end
  end,

  examples = {
    { doc = "the better one waits for the pillar that lacks most",
      given = { years_left = 2 }, parameters = { weight = 3 },
      candidates = {
        { id = "best", benefit = 100e3, capital = 20e3, running = 10e3, pillar_covered = 0.75 },
        { id = "lacking", benefit = 50e3, capital = 50e3, pillar_covered = 0.25 },
        { id = "dear", benefit = 10e3, capital = 50e3 },
        { id = "late", build_years = 3, capital = 1 },
        { id = "slow", benefit = 40e3, running = 20e3, build_years = 1, pillar_covered = 1 },
      },
      expect = { best = 0.8 + 0.75, lacking = 0.5 + 2.25, dear = 0, late = 0, slow = 0.75 } },
    { doc = "half of what is avoided has to be left", given = { years_left = 1 },
      parameters = { hurdle = 0.5, weight = 0 },
      candidates = {
        { id = "enough", benefit = 100e3, capital = 40e3 },
        { id = "little", benefit = 100e3, capital = 60e3 },
      },
      expect = { enough = 0.6, little = 0 } },
  },
}
