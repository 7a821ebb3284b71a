-- SPDX-License-Identifier: GPL-3.0-or-later
-- plugins/planners/fixed_share.lua -- no more than a share of what a control protects.
--
-- Gordon and Loeb: under their two classes of breach functions it never pays to spend
-- more than 1/e of the loss at stake.  Here as a rule: a control whose yearly cost is
-- more than `share` of the loss that it avoids is not bought; cheaper ones first:
--   score = share - cost / benefit,  cost = (capital + running working) / years_left
-- working: years from the end of its build to the end of the horizon; benefit and cost
-- are means over all that is left.

return riskwheel.planner {
  api = 1, name = "fixed_share", version = "1.1.0", license = "GPL-3.0-or-later",
  doc = "Buys what costs at most a fixed share of the loss that it avoids.",
  source = "Gordon and Loeb, ACM TISSEC 5 (2002) 438: 1/e for both of their classes; other breach "
    .. "functions exceed it, so as a rule it is judgement.",
  parameters = {
    share = { unit = "1", min = 0, max = 10, default = 1 / math.exp(1),
      doc = "most that may be spent for each unit of loss avoided" },
  },

  score = function(plan, p)
    local left = math.max(plan.years_left, plan.years)
    for _, c in ipairs(plan.candidates) do
      local working = math.max(plan.years_left - c.build_years, 0)
      local cost = (c.capital + c.running * working) / left
      c.score = vec.where(vec.gt(c.benefit, 0), p.share - cost / vec.max(c.benefit, 1e-9), 0)
    end
  end,

  examples = {
    { doc = "a fifth of the loss avoided, where a third may be spent",
      given = { years = 0.25, years_left = 2 }, parameters = { share = 0.3 },
      candidates = {
        { id = "a", benefit = 100e3, capital = 20e3, running = 10e3 },
        { id = "useless", capital = 1 },
      },
      expect = { a = 0.1, useless = 0 } },
  },
}
