-- SPDX-License-Identifier: GPL-3.0-or-later
-- plugins/controls/backup_restore.lua -- copies that survive, and are tried.
--
-- A restore works if the copies are out of reach, whole, and somebody has practised.
-- Confidence from a test of restoring decays until the next one:
--   efficacy(age) = out_of_reach saved (untested + (tested - untested) 2^(-since / half_life)),
--   since         = age mod interval

return riskwheel.control {
  api = 1, name = "backup_restore", version = "1.0.0", license = "GPL-3.0-or-later",
  doc = "Backups out of attackers' reach, with restores that are practised.",
  source = "out_of_reach, saved, untested, tested, half_life, interval: judgement (Coveware Q3 2025: "
    .. "23 % pay, so most restore by themselves).",
  parameters = {
    out_of_reach = { unit = "1", min = 0, max = 1, default = { dist = "beta", alpha = 8, beta = 3 },
      doc = "chance that an intruder cannot destroy the copies" },
    saved = { unit = "1", min = 0, max = 1, default = { dist = "pert", min = 0.3, mode = 0.6, max = 0.8 },
      doc = "part of the loss that a restore that works saves" },
    tested = { unit = "1", min = 0, max = 1, default = 0.95,
      doc = "chance that it works right after a test" },
    untested = { unit = "1", min = 0, max = 1, default = 0.5,
      doc = "chance that it works long after the last one" },
    half_life = { unit = "year", min = 0.01, default = 0.5,
      doc = "time in which half of the difference is lost" },
    interval = { unit = "year", min = 0.01, default = 0.5, doc = "time from test to test" },
  },

  cycle = function(c, p)
    local age = vec.max(0, c.age)
    local since = vec.max(0, age - p.interval * vec.floor(age / p.interval))
    local works = p.untested + (vec.max(p.tested, p.untested) - p.untested) * 2 ^ -(since / p.half_life)
    c.efficacy = p.out_of_reach * p.saved * works
  end,

  examples = {
    { doc = "right after a test", given = { age = 1 },
      parameters = { out_of_reach = 0.8, saved = 0.5, tested = 0.9, untested = 0.4,
        half_life = 0.5, interval = 1 },
      expect = { efficacy = 0.8 * 0.5 * 0.9 } },
    { doc = "a half-life later", given = { age = 1.5 },
      parameters = { out_of_reach = 0.8, saved = 0.5, tested = 0.9, untested = 0.4,
        half_life = 0.5, interval = 1 },
      expect = { efficacy = 0.8 * 0.5 * 0.65 } },
  },
  monotone = { efficacy = { out_of_reach = 1, saved = 1, tested = 1, untested = 1, half_life = 1 } },
}
