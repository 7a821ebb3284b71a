-- SPDX-License-Identifier: GPL-3.0-or-later
-- plugins/planners/rosi.lua -- return on security investment.
--
-- A control avoids losses from the end of its build to the end of the horizon
-- and costs its capital at once and its running cost from then on, both
-- discounted continuously at rate r:
--   working = integral of exp(-r s) ds, s from build_years to years_left
--   avoided = benefit years_left / (years_left - build_years), a year of work: benefit
--             is the mean over all that is left, the build included
--   rosi    = (avoided working - cost) / cost,  cost = capital + running working
-- A control that costs nothing is judged by the sign of its benefit.

-- of the last example: a year and a half, the first half year being that of its build
local worked = (math.exp(-0.025) - math.exp(-0.1)) / 0.05

return riskwheel.planner {
  api = 1, name = "rosi", version = "1.2.0", license = "GPL-3.0-or-later",
  doc = "Buys what returns most per unit of money: (loss avoided - cost) / cost.",
  source = "ROSI after ENISA, Introduction to Return on Security Investment (2012); "
    .. "hurdle: judgement, 0 means that a control has to pay for itself.",
  parameters = {
    hurdle = { unit = "1", min = 0, default = 0, doc = "return below which nothing is bought" },
  },

  score = function(plan, p)
    local r, left = plan.discount_rate, plan.years_left
    for _, c in ipairs(plan.candidates) do
      local built = math.min(c.build_years, left)
      local working = left - built
      if r > 0 then
        working = (math.exp(-r * built) - math.exp(-r * left)) / r
      end
      local avoided = c.benefit * 0
      if left > built then
        avoided = c.benefit * left / (left - built)
      end
      local cost = c.capital + c.running * working
      c.score = vec.where(vec.gt(cost, 0),
        (avoided * working - cost) / cost - p.hurdle, vec.gt(avoided * working, 0))
    end
  end,

  examples = {
    { doc = "without discount: (benefit years_left - cost) / cost",
      given = { years_left = 3, discount_rate = 0 },
      candidates = {
        { id = "mfa", benefit = 100e3, capital = 50e3, running = 20e3, build_years = 0.5 },
        { id = "late", benefit = 1e6, capital = 1e3, build_years = 4 },
        { id = "free", benefit = 1 },
      },
      expect = { mfa = (100e3 * 3 - 100e3) / 100e3, late = -1, free = 1 } },
    { doc = "discounted at 5 %", given = { years_left = 2, discount_rate = 0.05 },
      parameters = { hurdle = 0.5 }, candidates = { { id = "a", benefit = 3e4, capital = 2e4 } },
      expect = { a = 3e4 * (1 - math.exp(-0.1)) / 0.05 / 2e4 - 1.5 } },
    { doc = "half a year of building: 40 thousand a year, for a year and a half of two",
      given = { years_left = 2, discount_rate = 0.05 },
      candidates = { { id = "a", benefit = 3e4, capital = 2e4, running = 1e3, build_years = 0.5 } },
      expect = { a = 4e4 * worked / (2e4 + 1e3 * worked) - 1 } },
  },
}
