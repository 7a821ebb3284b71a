-- SPDX-License-Identifier: GPL-3.0-or-later
-- plugins/controls/mfa.lua -- a second factor, rolled out account by account.
--
-- Accounts are enrolled at a steady pace; of attacks on an enrolled account the
-- factor stops the part that its kind can: phishing-resistant keys more than codes,
-- and less of what is aimed at one person.
--   efficacy(age) = enrolled(age) (1 - targeted + targeted resistant) stops
--   enrolled(age) = most min(1, age / rollout)

return riskwheel.control {
  api = 1, name = "mfa", version = "1.0.0", license = "GPL-3.0-or-later",
  doc = "Multi-factor authentication: enrolment over time, weaker against targeted attacks.",
  source = "stops: Meyer et al. 2023, arXiv 2305.00945 (risk lower by 99.22 %, of accounts with "
    .. "leaked credentials by 98.56 %; automated attacks). targeted, resistant, most, rollout: "
    .. "judgement.",
  parameters = {
    stops = { unit = "1", min = 0, max = 1,
      default = { dist = "pert", min = 0.97, mode = 0.9856, max = 0.9922 },
      doc = "part of the automated attacks on an enrolled account that it stops" },
    targeted = { unit = "1", min = 0, max = 1, default = { dist = "beta", alpha = 2, beta = 8 },
      doc = "part of the attacks that are aimed at a person" },
    resistant = { unit = "1", min = 0, max = 1, default = { dist = "uniform", min = 0.3, max = 0.9 },
      doc = "how much of its effect is left against these: keys near 1, codes and calls far less" },
    most = { unit = "1", min = 0, max = 1, default = 0.95, doc = "part of the accounts enrolled in the end" },
    rollout = { unit = "year", min = 0.001, default = 0.5, doc = "time of the enrolment" },
  },

  cycle = function(c, p)
    local enrolled = p.most * vec.clamp(c.age / p.rollout, 0, 1)
    c.efficacy = p.stops * enrolled * (1 - p.targeted + p.targeted * p.resistant)
  end,

  examples = {
    { doc = "half enrolled, a fifth of the attacks targeted and half stopped",
      parameters = { stops = 0.99, targeted = 0.2, resistant = 0.5, most = 1, rollout = 0.5 },
      given = { age = 0.25 }, expect = { efficacy = 0.99 * 0.5 * 0.9 } },
    { doc = "all enrolled", parameters = { stops = 0.99, targeted = 0, most = 0.9, rollout = 0.5 },
      given = { age = 3 }, expect = { efficacy = 0.99 * 0.9 } },
  },
  monotone = { efficacy = { stops = 1, targeted = -1, resistant = 1, most = 1, rollout = -1 } },
}
