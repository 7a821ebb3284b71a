-- SPDX-License-Identifier: GPL-3.0-or-later
-- plugins/planners/tail.lua -- what takes most off the bad years.
--
-- tail is what a candidate takes off the mean of the worst year in twenty (its TVaR at
-- 95 %), as a mean over all that is left.  By what it costs a year:
--   score = tail / cost - hurdle,  cost = (capital + running working) / years_left
-- working: years from the end of its build to the end of the horizon.  A hurdle of 20
-- is what the worst years alone pay back on average; below it one pays to be spared.

return riskwheel.planner {
  api = 1, name = "tail", version = "1.0.0", license = "GPL-3.0-or-later",
  doc = "Buys what takes most off the worst year in twenty, for each unit of cost.",
  source = "Rockafellar and Uryasev, Journal of Risk 2 (2000) 21; hurdle 2: judgement, a unit a year "
    .. "has to spare two in the bad one.",
  needs = { "tail" },
  parameters = {
    hurdle = { unit = "1", min = 0, max = 1000, default = 2,
      doc = "least that is taken off the worst year in twenty for a unit of yearly cost" },
  },

  score = function(plan, p)
    local left = math.max(plan.years_left, plan.years)
    for _, c in ipairs(plan.candidates) do
      local working = math.max(plan.years_left - c.build_years, 0)
      local cost = (c.capital + c.running * working) / left
      c.score = vec.where(vec.gt(cost, 0), c.tail / vec.max(cost, 1e-9) - p.hurdle,
        vec.gt(c.tail, 0))
    end
  end,

  examples = {
    { doc = "off the worst year, by yearly cost", given = { years = 0.25, years_left = 2 },
      candidates = {
        { id = "a", tail = 500e3, capital = 80e3, running = 10e3 },
        { id = "slow", tail = 200e3, capital = 10e3, running = 30e3, build_years = 1 },
        { id = "free", tail = 1 },
        { id = "useless", capital = 5 },
      },
      expect = { a = 8, slow = 8, free = 1, useless = -2 } },
    { doc = "as much as pays itself back", given = { years_left = 1 }, parameters = { hurdle = 20 },
      candidates = { { id = "a", tail = 210, capital = 10 } },
      expect = { a = 1 } },
  },
}
