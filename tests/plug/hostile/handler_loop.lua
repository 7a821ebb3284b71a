-- expect: no global 'xpcall'
return riskwheel.threat { api = 1, name = "handler_loop", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    while true do xpcall(error, function() while true do end end) end
  end,
}
