-- expect: vec.exp takes a pure number, not a rate (1/year); a rate times a time
return riskwheel.threat { api = 1, name = "unit_of_rate_as_count", doc = "hostile",
  parameters = { spread = { unit = "1/year", doc = "how fast it spreads" } },
  cycle = function(t, p)
    t.frequency = 1
    t.susceptibility = 1 - vec.exp(-p.spread)
  end,
}
