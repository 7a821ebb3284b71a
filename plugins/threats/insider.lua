-- SPDX-License-Identifier: GPL-3.0-or-later
-- plugins/threats/insider.lua -- harm by one's own, on purpose or not.
--
-- Staff come and go; those who leave are the more tempted, and mistakes are made by
-- all:
--   frequency = staff (mistakes + malice (1 + (leaving_factor - 1) leaving notice))

return riskwheel.threat {
  api = 1, name = "insider", version = "1.0.0", license = "GPL-3.0-or-later",
  doc = "Mistakes and misuse by staff; those who are about to leave misuse more.",
  source = "mistakes, malice, leaving_factor: judgement. malicious insiders are 7 % of breaches, at "
    .. "4.99M (IBM 2024); the human element is part of 60 % (DBIR 2025).",
  parameters = {
    staff = { unit = "1", min = 0, max = 1e6, doc = "people with access" },
    mistakes = { unit = "1/year", min = 0, max = 10,
      default = { dist = "lognormal", median = 0.002, p95 = 0.01, cap = 10 },
      doc = "harmful mistakes a person and year" },
    malice = { unit = "1/year", min = 0, max = 10,
      default = { dist = "lognormal", median = 2e-4, p95 = 2e-3, cap = 10 },
      doc = "misuse a person and year, of those who stay" },
    leaving = { unit = "1/year", min = 0, max = 2, default = 0.15,
      doc = "part of the staff that leaves a year" },
    notice = { unit = "year", min = 0, max = 1, default = 0.15,
      doc = "time from the thought to the last day" },
    leaving_factor = { unit = "1", min = 1, max = 1000, default = { dist = "uniform", min = 2, max = 20 },
      doc = "multiplies malice in that time" },
  },

  cycle = function(t, p)
    local tempted = vec.min(1, p.leaving * p.notice)
    local malice = p.malice * (1 + (p.leaving_factor - 1) * tempted)
    t.frequency = vec.min(1e6, p.staff * (p.mistakes + malice))
  end,

  examples = {
    { doc = "a thousand people, of whom one in fifty is about to leave",
      parameters = { staff = 1000, mistakes = 0.002, malice = 0.001, leaving = 0.2, notice = 0.1,
        leaving_factor = 11 },
      expect = { frequency = 2 + 1 + 0.2, susceptibility = 1 } },
  },
  monotone = { frequency = { staff = 1, mistakes = 1, malice = 1, leaving = 1, notice = 1,
    leaving_factor = 1 } },
}
