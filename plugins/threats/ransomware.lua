-- SPDX-License-Identifier: GPL-3.0-or-later
-- plugins/threats/ransomware.lua -- double-extortion ransomware.
--
-- Intrusions by ransomware groups grow by g a year around a random year-to-year
-- course; a share of them goes as far as encryption or theft.  The scenario's
-- losses are those of an encrypted organisation without usable backups and
-- without theft.  A usable backup leaves the part `restored` of them; theft
-- adds the part `extortion`.  Per event, on average:
--   loss_factor = 1 - backup (1 - restored) + theft extortion

return riskwheel.threat {
  api = 1, name = "ransomware", version = "1.0.0", license = "GPL-3.0-or-later",
  doc = "Ransomware with double extortion: encryption, theft of data, backups that may survive.",
  source = "growth: judgement between HHS breach counts (0.107 a year) and IRIS 2025 "
    .. "(0.082 a year). volatility, success, backup, restored: judgement (Coveware Q3 2025: "
    .. "23 % pay, so most restore by themselves; DBIR 2025: 64 % refuse). theft and "
    .. "extortion: judgement (IBM 2025: extortion disclosed by the attacker costs 5.08M "
    .. "against 4.44M on average, a part of 0.14).",
  parameters = {
    attempts = { unit = "1/year", min = 0, doc = "intrusions by ransomware groups a year, at the start" },
    growth = { unit = "1/year", min = -1, max = 1,
      default = { dist = "normal", mean = 0.1, sd = 0.05, floor = -0.1, cap = 0.3 },
      doc = "exponential growth rate of the attempts" },
    volatility = { unit = "1/sqrt(year)", min = 0, max = 2, default = 0.3,
      doc = "standard deviation of a year's random step of log(attempts)" },
    success = { unit = "1", min = 0, max = 1, default = { dist = "beta", alpha = 4, beta = 6 },
      doc = "share of intrusions that reach encryption or theft" },
    backup = { unit = "1", min = 0, max = 1, default = { dist = "beta", alpha = 6, beta = 4 },
      doc = "chance that backups survive and can be used" },
    restored = { unit = "1", min = 0, max = 1, default = 0.4,
      doc = "part of the losses that stays when backups are used" },
    theft = { unit = "1", min = 0, max = 1, default = 0.7, doc = "share of events with stolen data" },
    extortion = { unit = "1", min = 0, default = 0.14,
      doc = "further losses by theft, as a part of those without" },
  },
  state = { drift = 0 }, -- log of the groups' activity beside the trend

  cycle = function(t, p, state)
    local trend = p.growth * t.time + state.drift
    t.frequency = vec.min(1e6, p.attempts * vec.exp(trend))
    t.susceptibility = p.success
    t.loss_factor = 1 - p.backup * (1 - p.restored) + p.theft * p.extortion
    -- a random walk whose exponential keeps its mean
    local step = p.volatility * t.years ^ 0.5
    state.drift = state.drift + step * t:normal() - step * step / 2
  end,

  examples = {
    { doc = "two years on, half of the backups usable", given = { time = 2 }, draws = { 0.5 },
      parameters = { attempts = 4, growth = 0.1, success = 0.4, backup = 0.5, restored = 0.4,
        theft = 0.7, extortion = 0.14, volatility = 0.2 },
      expect = { frequency = 4 * math.exp(0.2), susceptibility = 0.4,
        loss_factor = 1 - 0.5 * 0.6 + 0.7 * 0.14 }, after = { drift = -0.2 ^ 2 * 0.25 / 2 } },
  },
  monotone = { frequency = { attempts = 1, growth = 1 }, susceptibility = { success = 1 },
    loss_factor = { backup = -1, restored = 1, theft = 1, extortion = 1 } },
}
