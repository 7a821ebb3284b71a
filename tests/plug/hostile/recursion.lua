-- expect: needs more than 1024 KiB of memory; does a table, a text or a recursion
return riskwheel.threat { api = 1, name = "recursion", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    local function f() return 1 + f() end
    f()
  end,
}
