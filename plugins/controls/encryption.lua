-- SPDX-License-Identifier: GPL-3.0-or-later
-- plugins/controls/encryption.lua -- data that is worth nothing to who takes it.
--
-- Data stores are covered one after the other; what is taken is readable all the
-- same if the keys go with it:
--   efficacy(age) = covered min(1, age / rollout) (1 - with_keys)

return riskwheel.control {
  api = 1, name = "encryption", version = "1.0.0", license = "GPL-3.0-or-later",
  doc = "Encryption of data at rest: useless to thieves unless they get the keys too.",
  source = "covered, with_keys, rollout: judgement.",
  parameters = {
    covered = { unit = "1", min = 0, max = 1, default = { dist = "beta", alpha = 8, beta = 2 },
      doc = "part of the data encrypted in the end" },
    with_keys = { unit = "1", min = 0, max = 1, default = { dist = "beta", alpha = 2, beta = 3 },
      doc = "chance that who gets the data gets the keys: high where the application decrypts" },
    rollout = { unit = "year", min = 0.001, default = 0.75, doc = "time until all of that is covered" },
  },

  cycle = function(c, p)
    c.efficacy = p.covered * vec.clamp(c.age / p.rollout, 0, 1) * (1 - p.with_keys)
  end,

  examples = {
    { doc = "half way, and keys go with every fourth theft",
      parameters = { covered = 0.8, with_keys = 0.25, rollout = 1 }, given = { age = 0.5 },
      expect = { efficacy = 0.3 } },
  },
  monotone = { efficacy = { covered = 1, with_keys = -1, rollout = -1 } },
}
