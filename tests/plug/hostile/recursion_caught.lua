-- expect: needs more than 1024 KiB
return riskwheel.threat { api = 1, name = "recursion_caught", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    local function f() return 1 + f() end
    while true do pcall(f) end
  end,
}
