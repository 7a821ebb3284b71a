-- SPDX-License-Identifier: GPL-3.0-or-later
-- plugins/threats/record_theft.lua -- thieves of records go where most of them are.
--
-- Attacks on the organisation as a whole, shared out among the listed assets by their
-- number of records: preference 0 takes them by chance, 1 in proportion, more seeks
-- the largest; an asset without records is left alone unless none has any.
--   frequency of an asset = attacks records^preference / sum of records^preference

return riskwheel.threat {
  api = 1, name = "record_theft", version = "1.0.0", license = "GPL-3.0-or-later",
  doc = "Theft of records: attacks on the organisation go to the assets that hold most.",
  source = "judgement: stolen records are sold by number, and thieves do not see exactly where "
    .. "they are; preference 0.5 to 1.",
  parameters = {
    attacks = { unit = "1/year", min = 0, max = 1e6, doc = "attacks a year on all listed assets together" },
    preference = { unit = "1", min = 0, max = 3, default = { dist = "uniform", min = 0.5, max = 1 },
      doc = "how much the number of records draws attackers: 0 not, 1 in proportion" },
    success = { unit = "1", min = 0, max = 1, default = { dist = "beta", alpha = 2, beta = 18 },
      doc = "chance that an attack succeeds" },
  },

  cycle = function(t, p)
    local weights = {}
    for k, a in ipairs(t.assets) do
      if a.records > 0 then
        weights[k] = (a.records / t.records) ^ p.preference
      else
        weights[k] = t.records > 0 and 0 or 1
      end
    end
    local all = vec.sum(weights)
    for k, a in ipairs(t.assets) do
      a.frequency = p.attacks * (weights[k] / all)
    end
    t.frequency = p.attacks -- of an asset, were it the only one
    t.susceptibility = p.success
  end,

  examples = {
    { doc = "in proportion", parameters = { attacks = 10, preference = 1, success = 0.1 },
      assets = { { id = "portal", records = 90e3 }, { id = "archive", records = 10e3 }, { id = "lathe" } },
      expect = { ["portal.frequency"] = 9, ["archive.frequency"] = 1, ["lathe.frequency"] = 0,
        ["lathe.susceptibility"] = 0.1 } },
    { doc = "half drawn by number: three to one", parameters = { attacks = 10, preference = 0.5 },
      assets = { { id = "portal", records = 90e3 }, { id = "archive", records = 10e3 } },
      expect = { ["portal.frequency"] = 7.5, ["archive.frequency"] = 2.5 } },
    { doc = "nobody says where records are", parameters = { attacks = 10 },
      assets = { { id = "portal" }, { id = "archive" } },
      expect = { ["portal.frequency"] = 5, ["archive.frequency"] = 5 } },
  },
  monotone = { frequency = { attacks = 1 }, susceptibility = { success = 1 } },
}
