-- expect: needs more than
return riskwheel.threat { api = 1, name = "memory_caught", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    while true do
      pcall(function()
        local x = {}
        for i = 1, 1e9 do x[i] = { i } end
      end)
    end
  end,
}
