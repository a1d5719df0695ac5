namespace Omega.TestKit;

/// <summary>The protocol a request speaks, told by its path.</summary>
public enum Wire
{
    /// <summary>A path the server does not know.</summary>
    Unknown,

    /// <summary><c>…/chat/completions</c></summary>
    ChatCompletions,

    /// <summary><c>…/responses</c>, also <c>…/responses/{id}</c></summary>
    Responses,

    /// <summary><c>…/messages</c></summary>
    Anthropic,

    /// <summary><c>…/models</c></summary>
    Models,
}

internal static class WirePath
{
    /// <summary>Any prefix is tolerated; the last known segment decides.</summary>
    public static Wire Of(string path)
    {
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var i = segments.Length - 1; i >= 0; i--)
        {
            switch (segments[i])
            {
                case "completions" when i > 0 && segments[i - 1] == "chat":
                    return Wire.ChatCompletions;
                case "responses":
                    return Wire.Responses;
                case "messages":
                    return Wire.Anthropic;
                case "models":
                    return Wire.Models;
            }
        }

        return Wire.Unknown;
    }
}
