-- SPDX-License-Identifier: GPL-3.0-or-later
-- plugins/planners/worst_first.lua -- what avoids most, whatever it costs.
--
-- Candidates in the order of the loss that they are believed to avoid a year, as far
-- as a year of it covers a share of their yearly cost:
--   score = benefit if benefit >= floor (capital + running working) / years_left, else 0
-- working: years from the end of its build to the end of the horizon.
-- It is what people do who treat the largest risk first; compare it with rosi.

return riskwheel.planner {
  api = 1, name = "worst_first", version = "1.1.0", license = "GPL-3.0-or-later",
  doc = "Buys what avoids the largest loss first.",
  source = "judgement: the order in which risk registers are worked off.",
  parameters = {
    floor = { unit = "1", min = 0, default = 0, doc = "least loss avoided by unit of yearly cost" },
  },

  score = function(plan, p)
    local left = math.max(plan.years_left, plan.years)
    for _, c in ipairs(plan.candidates) do
      local working = math.max(plan.years_left - c.build_years, 0)
      local cost = (c.capital + c.running * working) / left
      c.score = vec.where(vec.ge(c.benefit, p.floor * cost), c.benefit, 0)
    end
  end,

  examples = {
    { doc = "the larger one first, though it is dear", given = { years = 0.25, years_left = 2 },
      candidates = {
        { id = "dear", benefit = 100e3, capital = 500e3 },
        { id = "cheap", benefit = 50e3, capital = 10e3 },
      },
      expect = { dear = 100e3, cheap = 50e3 } },
    { doc = "unless it has to be worth its cost", given = { years = 0.25, years_left = 2 },
      parameters = { floor = 1 },
      candidates = {
        { id = "dear", benefit = 100e3, capital = 500e3 },
        { id = "cheap", benefit = 50e3, capital = 10e3, running = 10e3 },
      },
      expect = { dear = 0, cheap = 50e3 } },
  },
}
