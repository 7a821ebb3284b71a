-- SPDX-License-Identifier: GPL-3.0-or-later
-- plugins/threats/ddos.lua -- floods that outgrow the defence.
--
-- Attack sizes have a Pareto tail: the part above x is (least / x)^alpha for x
-- above `least`.  Sizes grow by a rate a year, the capacity of the defence does
-- not; an attack larger than the capacity stops the service:
--   susceptibility(t) = min(1, (least e^(growth t) / capacity)^alpha)

return riskwheel.threat {
  api = 1, name = "ddos", version = "1.0.0", license = "GPL-3.0-or-later",
  doc = "Floods of traffic; those larger than the capacity to absorb them stop the service.",
  source = "disruption: 2 % of the attacks seen (ENISA ETL 2025, where floods are 77 % of the "
    .. "incidents). growth, alpha, least: judgement.",
  parameters = {
    attacks = { unit = "1/year", min = 0, doc = "floods a year" },
    capacity = { unit = "Gbit/s", min = 1e-3, doc = "traffic that the defence absorbs" },
    least = { unit = "Gbit/s", min = 1e-3, default = 1,
      doc = "size that every flood has at least, at the start" },
    alpha = { unit = "1", min = 0.1, max = 10, default = { dist = "uniform", min = 0.8, max = 1.5 },
      doc = "tail index of the sizes: smaller is heavier" },
    growth = { unit = "1/year", min = -1, max = 2, default = { dist = "uniform", min = 0.1, max = 0.5 },
      doc = "growth rate of the sizes" },
  },

  cycle = function(t, p)
    local outgrown = p.least * vec.exp(p.growth * t.time) / p.capacity
    t.frequency = p.attacks
    t.susceptibility = vec.min(1, outgrown ^ p.alpha)
  end,

  examples = {
    { doc = "one in a hundred is that large", parameters = { attacks = 12, capacity = 100, alpha = 1 },
      expect = { frequency = 12, susceptibility = 0.01 } },
    { doc = "and e times as many after a year", given = { time = 1 },
      parameters = { attacks = 12, capacity = 100, alpha = 2, growth = 0.5 },
      expect = { susceptibility = 1e-4 * math.exp(1) } },
  },
  monotone = { frequency = { attacks = 1 }, susceptibility = { capacity = -1, growth = 1, least = 1 } },
}
