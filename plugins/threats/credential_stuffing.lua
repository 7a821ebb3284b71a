-- SPDX-License-Identifier: GPL-3.0-or-later
-- plugins/threats/credential_stuffing.lua -- passwords leaked elsewhere, tried here.
--
-- A campaign tries the leaked passwords of `accounts` users; each of them opens the
-- account with probability `fits`, independently.  A campaign succeeds if one
-- account at least is opened:
--   susceptibility = 1 - (1 - fits)^accounts

return riskwheel.threat {
  api = 1, name = "credential_stuffing", version = "1.0.0", license = "GPL-3.0-or-later",
  doc = "Leaked passwords tried on logins from outside; one fitting account is enough.",
  source = "campaigns: judgement. fits: judgement between reuse of half of all passwords and the "
    .. "0.1 to 2 % of tries that stuffing is said to succeed with. share of breaches by abused "
    .. "credentials: 22 % (DBIR 2025).",
  parameters = {
    campaigns = { unit = "1/year", min = 0, doc = "campaigns a year against logins of this organisation" },
    accounts = { unit = "1", min = 0, max = 1e7,
      doc = "accounts of the organisation in each campaign's lists" },
    fits = { unit = "1", min = 0, max = 1,
      default = { dist = "lognormal", median = 0.002, p95 = 0.02, cap = 1 },
      doc = "chance that a listed password still opens an account" },
    growth = { unit = "1/year", min = -1, max = 1, default = { dist = "uniform", min = 0, max = 0.2 },
      doc = "exponential growth rate of the campaigns" },
  },

  cycle = function(t, p)
    t.frequency = vec.min(1e6, p.campaigns * vec.exp(p.growth * t.time))
    t.susceptibility = 1 - (1 - p.fits) ^ p.accounts
  end,

  examples = {
    { doc = "fifty accounts of which each hundredth fits", given = { time = 1 },
      parameters = { campaigns = 4, accounts = 50, fits = 0.01, growth = 0.1 },
      expect = { frequency = 4 * math.exp(0.1), susceptibility = 1 - 0.99 ^ 50 } },
    { doc = "nobody listed", parameters = { campaigns = 4, accounts = 0, fits = 0.01 },
      expect = { susceptibility = 0 } },
  },
  monotone = { frequency = { campaigns = 1, growth = 1 }, susceptibility = { accounts = 1, fits = 1 } },
}
