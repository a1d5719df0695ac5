namespace Omega.Gpt.Providers.Http;

/// <summary>
/// Takes secrets out of an answer while it streams, also where one comes in pieces. Ordinary text passes at once and as it is: only what
/// has begun like a secret for longer than chance would have it waits for what follows. One for each stream.
/// </summary>
internal sealed class SecretFilter
{
    /// <summary>A shorter one may be a word of the answer.</summary>
    public const int Shortest = 12;

    private readonly WireSecrets _secrets;
    private readonly SecretMatch[] _matches;
    private ModelDelta? _last;
    private bool _found;

    private SecretFilter(WireSecrets secrets, SecretMatch[] matches) => (_secrets, _matches) = (secrets, matches);

    /// <summary>Whether something waits that may become a secret.</summary>
    public bool IsOpen => Array.Exists(_matches, static match => match.IsOpen);

    /// <returns>Null where there is nothing to take out.</returns>
    public static SecretFilter? Of(WireSecrets secrets) =>
        secrets.All.Where(secret => secret.Length >= Shortest).Select(secret => new SecretMatch(secret)).ToArray() is { Length: > 0 } matches ? new SecretFilter(secrets, matches) : null;

    /// <summary>Takes the secrets out of what was just read.</summary>
    /// <param name="deltas">Changed in place.</param>
    public SecretPassage Apply(List<ModelDelta> deltas)
    {
        _found = false;
        for (var i = 0; i < deltas.Count; i++)
        {
            var delta = deltas[i];
            if (_last is not null && !Continues(_last, delta) && Flush() is { Length: > 0 } held)
                deltas.Insert(i++, WithText(_last, held));
            _last = delta;
            if (TextOf(delta) is not { } text)
            {
                deltas[i] = Whole(delta);
                continue;
            }

            var clean = text;
            foreach (var match in _matches)
            {
                clean = match.Push(clean);
                _found |= match.WasFound;
            }

            if (clean.Length == 0)
                deltas.RemoveAt(i--);
            else if (!ReferenceEquals(clean, text))
                deltas[i] = WithText(delta, clean);
        }

        return _found ? SecretPassage.Secret : IsOpen ? SecretPassage.Open : SecretPassage.Clear;
    }

    private string Flush()
    {
        var held = "";
        foreach (var match in _matches)
            held = match.Push(held) + match.Flush();
        return held;
    }

    private static bool Continues(ModelDelta last, ModelDelta next) => last.GetType() == next.GetType() && (next is not CallArgumentsDelta arguments || arguments.Index == ((CallArgumentsDelta)last).Index);

    private static string? TextOf(ModelDelta delta) => delta switch
    {
        TextDelta text => text.Text,
        ReasoningDelta reasoning => reasoning.Text,
        RefusalDelta refusal => refusal.Text,
        CallArgumentsDelta arguments => arguments.Delta,
        _ => null,
    };

    private static ModelDelta WithText(ModelDelta delta, string text) => delta switch
    {
        TextDelta piece => piece with { Text = text },
        ReasoningDelta piece => piece with { Text = text },
        RefusalDelta piece => piece with { Text = text },
        CallArgumentsDelta piece => piece with { Delta = text },
        _ => delta,
    };

    private ModelDelta Whole(ModelDelta delta) => delta switch
    {
        StartedDelta started => started with { ResponseId = Clean(started.ResponseId), Model = Clean(started.Model), RequestId = Clean(started.RequestId) },
        CallStartedDelta call => call with { Name = Clean(call.Name)! },
        FinishedDelta { Raw: not null } finished => finished with { Raw = Clean(finished.Raw) },
        OpaqueDelta opaque when Clean(opaque.Part.Json) is { } json && !ReferenceEquals(json, opaque.Part.Json) => opaque with { Part = opaque.Part with { Json = json } },
        _ => delta,
    };

    private string? Clean(string? text)
    {
        if (text is null)
            return null;
        // A text that holds no secret comes back as it is.
        var clean = _secrets.Remove(text);
        _found |= !ReferenceEquals(clean, text);
        return clean;
    }
}
