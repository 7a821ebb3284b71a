-- SPDX-License-Identifier: GPL-3.0-or-later
-- plugins/controls/threat_intelligence_sharing.lua -- warnings from partners.
--
-- Each partner has seen a given attack first with probability `overlap`, and
-- one warning is enough; partners join over time; a warning that comes in
-- time prevents the attack with probability `use`:
--   partners(age) = partners (1 - exp(-age / ramp))
--   efficacy      = use (1 - (1 - overlap)^partners(age))

return riskwheel.control {
  api = 1, name = "threat_intelligence_sharing", version = "1.0.0", license = "GPL-3.0-or-later",
  doc = "Sharing of threat intelligence: grows with the partners, saturates, ramps up.",
  source = "judgement: no controlled study gives an effect. overlap is small because "
    .. "feeds hold few indicators in common; use is bounded by how fast attacks move.",
  parameters = {
    partners = { unit = "1", min = 0, max = 10000, default = 10,
      doc = "organisations that share, in the end" },
    overlap = { unit = "1", min = 0, max = 1, default = { dist = "beta", alpha = 2, beta = 38 },
      doc = "chance that one partner saw an attack first and told" },
    use = { unit = "1", min = 0, max = 1, default = { dist = "beta", alpha = 3, beta = 7 },
      doc = "chance that a warning in time prevents the attack" },
    ramp = { unit = "year", min = 0.001, default = 0.75,
      doc = "time in which 63 % of the partners have joined" },
  },

  cycle = function(c, p)
    local joined = p.partners * (1 - vec.exp(-vec.max(0, c.age) / p.ramp))
    c.efficacy = p.use * (1 - (1 - p.overlap) ^ joined)
  end,

  examples = {
    { doc = "alone on the first day", parameters = { partners = 10, overlap = 0.1, use = 0.5 },
      given = { age = 0 }, expect = { efficacy = 0 } },
    { doc = "63 % of ten partners have joined",
      parameters = { partners = 10, overlap = 0.1, use = 0.5, ramp = 0.75 }, given = { age = 0.75 },
      expect = { efficacy = 0.5 * (1 - 0.9 ^ (10 * (1 - math.exp(-1)))) } },
  },
  monotone = { efficacy = { partners = 1, overlap = 1, use = 1, ramp = -1 } },
}
