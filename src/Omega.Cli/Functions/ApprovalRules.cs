using Omega.Cli.Screen;
using Omega.Gpt;

namespace Omega.Cli.Functions;

/// <summary>What <c>--approve</c> says: which calls run unasked, and what becomes of the others.</summary>
internal sealed class ApprovalRules
{
    public const string Help = "Calls that need approval and run unasked: a function's NAME, all, none, or ask (with --json: answered on standard input); default: asks on a terminal, else none; may be repeated";

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Rest _rest;

    private ApprovalRules(IEnumerable<string> words)
    {
        foreach (var word in words)
        {
            var rest = word switch { "all" => Rest.Approve, "none" => Rest.Deny, "ask" => Rest.Ask, _ => Rest.Terminal };
            if (rest == Rest.Terminal)
                _names.Add(word);
            else if (_rest != Rest.Terminal && _rest != rest)
                throw CliException.Usage("--approve: all, none and ask contradict each other. Give one of them.");
            else
                _rest = rest;
        }
    }

    public IEnumerable<string> Names => _names;

    /// <exception cref="CliException">Words contradict each other.</exception>
    public static ApprovalRules Parse(IEnumerable<string> words) => new(words);

    /// <summary>A misspelt name would leave a person waiting for a call that is denied.</summary>
    /// <exception cref="CliException">There is no such function.</exception>
    public void Check(FunctionSet functions)
    {
        if (_names.FirstOrDefault(name => functions.Find(name) is null) is { } unknown)
            throw CliException.Usage($"--approve: there is no function \"{unknown}\"{(functions.Count > 0 ? $". There are: {string.Join(", ", functions.Select(function => function.Name))}" : "")}.");
    }

    /// <summary>Who decides. Calls that nobody is asked about are denied with a reason that the model can tell.</summary>
    /// <param name="json">Whether events are shown as JSON.</param>
    /// <param name="terminal">Where a person may be.</param>
    /// <param name="open">Holds the questions to a person or a program.</param>
    /// <returns>The approver, and where the questions are to be asked.</returns>
    /// <exception cref="CliException">Answers are to come on standard input, and nobody could know the questions.</exception>
    public (Approver Approver, AskedBy Asked) Decide(bool json, Terminal terminal, Approvals open)
    {
        var person = !json && terminal.IsInputTerminal && terminal.IsErrorTerminal;
        var asked = _rest switch
        {
            Rest.Ask when json => AskedBy.Lines,
            Rest.Ask when !person => throw CliException.Usage("--approve ask needs a terminal, or --json with the answers on standard input."),
            Rest.Ask or Rest.Terminal when person => AskedBy.Person,
            _ => AskedBy.Nobody,
        };
        return (DecideAsync, asked);

        ValueTask<ApprovalDecision> DecideAsync(ApprovalRequest request, CancellationToken cancellationToken)
        {
            if (_rest == Rest.Approve || _names.Contains(request.Function.Name))
                return ValueTask.FromResult(ApprovalDecision.Approve);
            return asked == AskedBy.Nobody
                ? ValueTask.FromResult(ApprovalDecision.Deny($"it needs a person's approval, and nobody is asked here (--approve {request.Function.Name} would allow it)"))
                : open.AskAsync(request, cancellationToken);
        }
    }

    /// <summary>What becomes of calls that no name allows.</summary>
    private enum Rest
    {
        Terminal,
        Ask,
        Approve,
        Deny,
    }
}

/// <summary>Where questions about calls go.</summary>
internal enum AskedBy
{
    Nobody,

    /// <summary>The person at the terminal.</summary>
    Person,

    /// <summary>A program, over events and lines of JSON.</summary>
    Lines,
}
