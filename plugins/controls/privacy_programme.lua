-- SPDX-License-Identifier: GPL-3.0-or-later
-- plugins/controls/privacy_programme.lua -- less data, kept for less long, accounted for.
--
-- Records that are not needed are deleted until those that have to stay are left; and
-- who can show what he did pays less:
--   efficacy(age) = 1 - kept(age) (1 - accountable),
--   kept(age)     = needed + (1 - needed) e^(-deletion age)

return riskwheel.control {
  api = 1, name = "privacy_programme", version = "1.0.0", license = "GPL-3.0-or-later",
  doc = "Privacy programme: data minimised over time, sanctions lowered by accountability.",
  source = "needed, deletion, accountable: judgement (GDPR Art. 83(2) lets supervisors weigh measures "
    .. "taken; no rate is given).",
  parameters = {
    needed = { unit = "1", min = 0, max = 1, default = { dist = "beta", alpha = 6, beta = 4 },
      doc = "part of the records that have to stay" },
    deletion = { unit = "1/year", min = 0, max = 10, default = 0.5, doc = "rate at which the others go" },
    accountable = { unit = "1", min = 0, max = 1, default = { dist = "beta", alpha = 2, beta = 10 },
      doc = "part of what is left that accountability takes off" },
  },

  cycle = function(c, p)
    local kept = p.needed + (1 - p.needed) * vec.exp(-p.deletion * vec.max(0, c.age))
    c.efficacy = vec.clamp(1 - kept * (1 - p.accountable), 0, 1)
  end,

  examples = {
    { doc = "nothing is deleted yet", parameters = { needed = 0.5, accountable = 0.1 }, given = { age = 0 },
      expect = { efficacy = 0.1 } },
    { doc = "half of what is not needed is gone", given = { age = 2 },
      parameters = { needed = 0.5, deletion = math.log(2) / 2, accountable = 0.2 },
      expect = { efficacy = 1 - 0.75 * 0.8 } },
  },
  monotone = { efficacy = { needed = -1, deletion = 1, accountable = 1 } },
}
