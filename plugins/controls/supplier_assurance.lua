-- SPDX-License-Identifier: GPL-3.0-or-later
-- plugins/controls/supplier_assurance.lua -- suppliers that were looked at.
--
-- Suppliers are assessed in order of their access, so that the first ones matter most;
-- an assessment finds weaknesses, some of which are mended, and ages:
--   efficacy(age) = reach(age) finds mended 2^(-(cycle_time / 2) / half_life),
--   reach(age)    = (assessed(age))^concentration, assessed(age) = min(1, age / cycle_time)

return riskwheel.control {
  api = 1, name = "supplier_assurance", version = "1.0.0", license = "GPL-3.0-or-later",
  doc = "Assessment of suppliers (ISO/IEC 27001:2022 A.5.19 to A.5.23), the most exposed first.",
  source = "finds, mended, concentration, cycle_time, half_life: judgement (third parties: 30 % of "
    .. "breaches, DBIR 2025).",
  parameters = {
    finds = { unit = "1", min = 0, max = 1, default = { dist = "beta", alpha = 3, beta = 4 },
      doc = "chance that an assessment finds what would be used" },
    mended = { unit = "1", min = 0, max = 1, default = { dist = "beta", alpha = 4, beta = 4 },
      doc = "chance that the supplier mends it" },
    concentration = { unit = "1", min = 0.05, max = 1, default = 0.4,
      doc = "1: all suppliers matter alike; smaller: the first ones most" },
    cycle_time = { unit = "year", min = 0.05, default = 2, doc = "time to go through all suppliers" },
    half_life = { unit = "year", min = 0.05, default = 3,
      doc = "time in which an assessment loses half its worth" },
  },

  cycle = function(c, p)
    local assessed = vec.clamp(c.age / p.cycle_time, 0, 1)
    local fresh = 2 ^ -(p.cycle_time / 2 / p.half_life)
    c.efficacy = assessed ^ p.concentration * p.finds * p.mended * fresh
  end,

  examples = {
    { doc = "a quarter of them holds half of the risk", given = { age = 0.5 },
      parameters = { finds = 0.5, mended = 0.5, concentration = 0.5, cycle_time = 2, half_life = 1 },
      expect = { efficacy = 0.5 * 0.25 * 0.5 } },
  },
  monotone = { efficacy = { finds = 1, mended = 1, concentration = -1, half_life = 1 } },
}
