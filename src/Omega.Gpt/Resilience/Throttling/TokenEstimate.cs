using System.Runtime.InteropServices;
using System.Text.Json;
using Omega.Gpt.Providers;

namespace Omega.Gpt.Resilience;

/// <summary>About how many tokens a request takes, before anything is known of them: a token is about four characters. Pure, and quick.</summary>
internal static class TokenEstimate
{
    private const int CharactersPerToken = 4;
    private const int MessageOverhead = 4;
    private const int Media = 1000;

    public static int Of(ModelRequest request)
    {
        long characters = 0, tokens = 0;
        foreach (var message in request.Messages)
        {
            tokens += MessageOverhead;
            foreach (var part in message.Parts)
            {
                switch (part)
                {
                    case TextPart text:
                        characters += text.Text.Length;
                        break;
                    case FunctionCallPart call:
                        characters += call.Name.Length + call.Arguments.Length;
                        break;
                    case FunctionResultPart result:
                        characters += Length(result.Result);
                        break;
                    case ImagePart or FilePart:
                        tokens += Media;
                        break;
                }
            }
        }

        foreach (var function in request.Functions)
            characters += function.Name.Length + (function.Description?.Length ?? 0) + Length(function.Parameters);
        return (int)Math.Clamp(tokens + (characters / CharactersPerToken) + (request.Options.MaxTokens ?? 0), 1, int.MaxValue);
    }

    private static int Length(JsonElement json) => json.ValueKind == JsonValueKind.Undefined ? 0 : JsonMarshal.GetRawUtf8Value(json).Length;
}
