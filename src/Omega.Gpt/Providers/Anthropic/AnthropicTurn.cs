using Omega.Gpt.Providers.Http;

namespace Omega.Gpt.Providers.Anthropic;

/// <summary>One message as Anthropic wants them: user and assistant strictly in turn, function results first in a user's message.</summary>
/// <param name="isUser">Whether the user speaks.</param>
internal sealed class AnthropicTurn(bool isUser)
{
    /// <summary>
    /// What is said for the user where a history begins with the model: Anthropic takes no message of the model's first, and a greeting
    /// or a history cut in the middle should work as it does elsewhere.
    /// </summary>
    public const string Opening = "(The conversation begins.)";

    private readonly List<Part> _results = [];
    private readonly List<Part> _rest = [];

    public bool IsUser => isUser;

    /// <summary>Whether there are function results.</summary>
    public bool HasResults => _results.Count > 0;

    /// <summary>The parts in the order in which they are sent.</summary>
    public IEnumerable<Part> Parts => _results.Concat(_rest);

    /// <summary>Puts a history into turns; system messages are not among them.</summary>
    /// <param name="request">The request.</param>
    /// <param name="provider">The provider's name.</param>
    public static List<AnthropicTurn> Of(ModelRequest request, string provider)
    {
        var (turns, answered) = (new List<AnthropicTurn>(), new AnsweredCalls(request.Messages));
        foreach (var message in request.Messages)
        {
            if (message.Role == Role.User && message.Parts.Where(IsSaid).ToList() is { Count: > 0 } said)
                Last(isUser: true)._rest.AddRange(said);
            else if (message.Role == Role.Assistant)
                AddAnswer(message);
        }

        if (turns is [{ IsUser: false }, ..])
            turns.Insert(0, new AnthropicTurn(isUser: true) { _rest = { new TextPart(Opening) } });
        return turns;

        void AddAnswer(Message message)
        {
            var (parts, results) = (new List<Part>(), new List<Part>());
            foreach (var part in message.Parts)
            {
                if (part is FunctionCallPart call && answered.Take(call) is { } result)
                {
                    parts.Add(call);
                    results.Add(result);
                }
                else if (part is OpaquePart opaque ? IsMine(opaque) : part is TextPart or RefusalPart && IsSaid(part))
                {
                    parts.Add(part);
                }
            }

            // Thinking must lead to something: its call had no result, or the stream broke before its text.
            while (parts is [.., OpaquePart])
                parts.RemoveAt(parts.Count - 1);
            if (parts.Count > 0)
                Last(isUser: false)._rest.AddRange(parts);
            if (results.Count > 0)
                Last(isUser: true)._results.AddRange(results);
        }

        AnthropicTurn Last(bool isUser)
        {
            if (turns.Count == 0 || turns[^1].IsUser != isUser)
                turns.Add(new AnthropicTurn(isUser));
            return turns[^1];
        }

        bool IsMine(OpaquePart opaque) => opaque.Provider == provider && opaque.Model == request.Model
            && opaque.Kind is "thinking" or "redacted_thinking" && JsonText.IsObject(opaque.Json);
    }

    // Anthropic refuses text of white space alone.
    internal static bool IsSaid(Part part) => part switch
    {
        TextPart text => !string.IsNullOrWhiteSpace(text.Text),
        RefusalPart refusal => !string.IsNullOrWhiteSpace(refusal.Text),
        ImagePart or FilePart => true,
        _ => false,
    };
}
