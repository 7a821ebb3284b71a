-- expect: + cannot take a time (day) and a time (year); convert one of them
return riskwheel.threat { api = 1, name = "unit_of_day_and_year", doc = "hostile",
  parameters = { found = { unit = "day", doc = "time until it is found" },
    mended = { unit = "year", doc = "time until it is mended" } },
  cycle = function(t, p)
    t.frequency = 1 / (p.found + p.mended)
  end,
}
