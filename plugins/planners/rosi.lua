-- SPDX-License-Identifier: GPL-3.0-or-later
-- plugins/planners/rosi.lua -- return on security investment.
--
-- A control avoids losses from the end of its build to the end of the horizon
-- and costs its capital at once and its running cost from then on, both
-- discounted continuously at rate r:
--   working = integral of exp(-r s) ds, s from build_years to years_left
--   rosi    = (benefit working - cost) / cost,  cost = capital + running working
-- A control that costs nothing is judged by the sign of its benefit.

return riskwheel.planner {
  api = 1, name = "rosi", version = "1.1.0", license = "GPL-3.0-or-later",
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
      local cost = c.capital + c.running * working
      c.score = vec.where(vec.gt(cost, 0),
        (c.benefit * working - cost) / cost - p.hurdle, vec.gt(c.benefit * working, 0))
    end
  end,
}
