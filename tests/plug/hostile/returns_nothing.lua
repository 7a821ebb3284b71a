-- expect: this file returns a nil value
local x = 1
