-- SPDX-License-Identifier: GPL-3.0-or-later
-- plugins/planners/risk_appetite.lua -- the cheapest way under the curve.
--
-- over is by how much a year's believed chance of a loss exceeds what the appetite
-- tolerates, at the point where that is most; relief is what over falls by with a
-- candidate.  Nothing is bought while over is at most aim.  Else candidates come in the
-- order of relief by what they cost a year, as many as it takes, by the sum of their
-- reliefs, to bring over down to aim:
--   score = relief / cost, 0 where those before it are enough
--   cost  = (capital + running working) / years_left
-- working: years from the end of its build to the end of the horizon.  Reliefs do not
-- quite add up; what is lacking or too much shows in the next plan.  Where all of them
-- together do not reach aim, they are too far from it to tell the way: then it is
--   score = benefit / cost
-- the loss avoided by what it costs, as far as the budget goes.

return riskwheel.planner {
  api = 1, name = "risk_appetite", version = "1.0.0", license = "GPL-3.0-or-later",
  doc = "Buys the cheapest way to within the appetite, and nothing beyond.",
  source = "judgement: appetite as in ISO/IEC 27005:2022 6.4, curve against curve as in Hubbard and "
    .. "Seiersen, How to Measure Anything in Cybersecurity Risk (2016) 3; aim 1: judgement.",
  needs = { "appetite" },
  parameters = {
    aim = { unit = "1", min = 0, max = 100, default = 1,
      doc = "believed chance of a loss over the tolerated one that is good enough" },
  },

  score = function(plan, p)
    local left = math.max(plan.years_left, plan.years)
    local lacking = plan.over - p.aim
    local relief, cost, by_cost = {}, {}, {}
    for k, c in ipairs(plan.candidates) do
      local working = math.max(plan.years_left - c.build_years, 0)
      cost[k] = vec.max((c.capital + c.running * working) / left, 1e-9)
      relief[k] = vec.max(c.relief, 0)
      by_cost[k] = relief[k] / cost[k]
    end
    local told = vec.ge(vec.sum(relief), lacking)
    for k, c in ipairs(plan.candidates) do
      local before = { 0 }
      for j in ipairs(plan.candidates) do
        if j < k then -- of equals the earlier one
          before[#before + 1] = vec.where(vec.ge(by_cost[j], by_cost[k]), relief[j], 0)
        elseif j > k then
          before[#before + 1] = vec.where(vec.gt(by_cost[j], by_cost[k]), relief[j], 0)
        end
      end
      local wanted = vec.where(told, vec.gt(lacking, vec.sum(before)), vec.gt(lacking, 0))
      c.score = vec.where(wanted, vec.where(told, by_cost[k], c.benefit / cost[k]), 0)
    end
  end,

  examples = {
    { doc = "two of three are enough: over falls from 2 to 0.9",
      given = { years = 0.25, years_left = 2, over = 2 },
      candidates = {
        { id = "cheap", relief = 0.5, capital = 10e3 },
        { id = "dear", relief = 0.9, capital = 100e3 },
        { id = "fair", relief = 0.6, capital = 20e3, running = 1e3 },
      },
      expect = { cheap = 0.5 / 5e3, dear = 0, fair = 0.6 / 11e3 } },
    { doc = "one of three equals is enough", given = { years_left = 2, over = 1.4 },
      candidates = {
        { id = "a", relief = 0.5, capital = 10e3 },
        { id = "b", relief = 0.5, capital = 10e3 },
        { id = "c", relief = 0.5, capital = 10e3 },
      },
      expect = { a = 0.5 / 5e3, b = 0, c = 0 } },
    { doc = "far beyond it, by the loss avoided", given = { years_left = 2, over = 50 },
      candidates = {
        { id = "much", relief = 0, benefit = 900e3, capital = 10e3 },
        { id = "some", relief = 0.1, benefit = 100e3, capital = 10e3 },
      },
      expect = { much = 900e3 / 5e3, some = 100e3 / 5e3 } },
    { doc = "within the appetite nothing is bought", given = { years_left = 2, over = 0.99 },
      candidates = { { id = "cheap", relief = 0.5, capital = 1 } },
      expect = { cheap = 0 } },
    { doc = "with a margin it is", given = { years_left = 2, over = 0.99 },
      parameters = { aim = 0.5 },
      candidates = { { id = "cheap", relief = 0.5, capital = 1, running = 1, build_years = 1 } },
      expect = { cheap = 0.5 } },
  },
}
