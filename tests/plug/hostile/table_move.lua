-- expect: table has no 'move'
return riskwheel.threat { api = 1, name = "table_move", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    table.move({}, 1, 2, 1 << 40)
  end,
}
