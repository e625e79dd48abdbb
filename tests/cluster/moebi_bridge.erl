%% A stand-in for the bridge: evaluates Erlang, says what it must.
-module(moebi_bridge).
-export([start/0]).

start() ->
    Pid = spawn(fun init/0),
    register(user, Pid),
    Pid.

init() ->
    process_flag(trap_exit, true),
    Path = os:getenv("MOEBI_BRIDGE"),
    {ok, S} = gen_tcp:connect({local, Path}, 0, [binary, {packet, 4}, {active, true}]),
    [os:unsetenv(V) || V <- ["MOEBI_BRIDGE", "ERL_ZFLAGS"]],
    say(S, ["hello ", atom_to_list(node()), " ", os:getpid(), " ", atom_to_list(erlang:get_cookie())]),
    spawn(fun() -> net_kernel:monitor_nodes(true), watch(S) end),
    prompt(S),
    loop(S).

watch(S) ->
    receive
        {nodeup, N} -> say(S, ["up ", atom_to_list(N)]);
        {nodedown, N} -> say(S, ["down ", atom_to_list(N)])
    end,
    watch(S).

loop(S) ->
    receive
        {tcp, S, <<"I", Text/binary>>} ->
            {ok, Tokens, _} = erl_scan:string(binary_to_list(Text)),
            {ok, Exprs} = erl_parse:parse_exprs(Tokens),
            {value, Value, _} = erl_eval:exprs(Exprs, []),
            say(S, ["output ", atom_to_list(node()), " ", io_lib:format("~p", [Value])]),
            prompt(S);
        {tcp, S, <<"Halt">>} -> erlang:halt(0, [{flush, false}]);
        {tcp, S, _} -> ok;
        {tcp_closed, S} -> erlang:halt(0, [{flush, false}]);
        {io_request, From, Ref, _} -> From ! {io_reply, Ref, ok};
        _ -> ok
    end,
    loop(S).

prompt(S) -> say(S, "prompt iex >").
say(S, Text) -> gen_tcp:send(S, Text).
