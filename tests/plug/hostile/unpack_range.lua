-- expect: table.unpack: too many results
return riskwheel.threat { api = 1, name = "unpack_range", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    table.unpack({}, -(1 << 62), 1 << 62)
  end,
}
