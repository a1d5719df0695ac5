using System.Text.Json;

namespace Omega.Gpt.Functions.Calls;

/// <summary>A call that is to be run: complete, valid, and of a function with a handler.</summary>
internal sealed class CallTicket(CallScope scope, GptFunction function, string id, int step, int index, string arguments)
{
    private readonly TaskCompletionSource _journaled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private JsonElement? _values;
    private CallKey? _key;

    public CallScope Scope => scope;

    public GptFunction Function => function;

    public string Id => id;

    public string Name => function.Definition.Name;

    public bool HasSideEffect => function.Options.Effect != FunctionEffect.Pure;

    /// <summary>The arguments as the model wrote them.</summary>
    public string Arguments => arguments;

    /// <summary>The arguments that a person put in their place; null for none.</summary>
    public string? Edited { get; private set; }

    /// <summary>The arguments to run with.</summary>
    public JsonElement Values => _values ??= JsonElement.Parse(arguments);

    /// <summary>Made from the arguments as the model wrote them, so that a call is known again before anybody is asked about it again.</summary>
    public CallKey Key => _key ??= CallKey.Of(scope.Conversation, scope.Turn, step, index, JsonElement.Parse(arguments));

    /// <summary>Whether the ledger knows the call, of an earlier process, as begun without an end, or the journal does where there is no ledger.</summary>
    public bool WasBegun { get; init; }

    /// <summary>Completes when the journal has that the call is being run.</summary>
    public Task Journaled => _journaled.Task;

    /// <summary>How it ended; null before.</summary>
    public CallOutcome? Outcome { get; set; }

    public void SetJournaled() => _journaled.TrySetResult();

    public void Edit(string edited, JsonElement values) => (Edited, _values) = (edited, values);
}
