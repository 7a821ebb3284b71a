-- SPDX-License-Identifier: GPL-3.0-or-later
-- plugins/planners/exploring.lua -- the benefit of the doubt.
--
-- As rosi, but with what a control may avoid if the rates it stands against are
-- higher than believed, so many standard deviations of that belief:
--   return = ((benefit + confidence spread) years_left - cost) / cost
--   cost   = capital + running working
-- benefit and spread: a year, as means over all that is left; working: years from the
-- end of its build on.
-- What is known least is bought sooner; each incident seen makes spread smaller, and
-- with it the planner like rosi without discount.  Below 0 it is cautious: it buys
-- what pays even if the rates are lower.

return riskwheel.planner {
  api = 1, name = "exploring", version = "1.1.0", license = "GPL-3.0-or-later",
  doc = "Buys what may return most, in view of how little is known.",
  source = "optimism in the face of uncertainty: Lai and Robbins, Advances in Applied "
    .. "Mathematics 6 (1985) 4; Auer et al., Machine Learning 47 (2002) 235; confidence 1: judgement.",
  parameters = {
    confidence = { unit = "1", min = -10, max = 10, default = 1,
      doc = "standard deviations of the belief that are granted" },
    hurdle = { unit = "1", min = 0, default = 0, doc = "return below which nothing is bought" },
  },

  score = function(plan, p)
    for _, c in ipairs(plan.candidates) do
      local working = math.max(plan.years_left - c.build_years, 0)
      local avoided = vec.max(c.benefit + p.confidence * c.spread, 0) * plan.years_left
      local cost = c.capital + c.running * working
      c.score = vec.where(vec.gt(cost, 0),
        (avoided - cost) / vec.max(cost, 1e-9) - p.hurdle, vec.gt(avoided, 0))
    end
  end,

  examples = {
    { doc = "the less known of two that avoid the same", given = { years_left = 3 },
      candidates = {
        { id = "known", benefit = 100e3, spread = 10e3, capital = 100e3, running = 20e3 },
        { id = "unknown", benefit = 100e3, spread = 60e3, capital = 100e3, running = 20e3 },
        { id = "free", benefit = 1 },
      },
      expect = { known = (330e3 - 160e3) / 160e3, unknown = (480e3 - 160e3) / 160e3, free = 1 } },
    { doc = "two deviations of caution, a year of building", given = { years_left = 2 },
      parameters = { confidence = -2, hurdle = 0.25 },
      candidates = {
        { id = "sure", benefit = 50e3, spread = 10e3, capital = 40e3, build_years = 1 },
        { id = "unsure", benefit = 100e3, spread = 80e3, capital = 40e3, build_years = 1 },
      },
      expect = { sure = (60e3 - 40e3) / 40e3 - 0.25, unsure = -1.25 } },
  },
}
