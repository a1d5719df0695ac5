using Omega.Cli.Commands;
using Omega.Gpt;

namespace Omega.Cli.Turns;

/// <summary>Finds or begins the session of a turn.</summary>
internal static class TurnSession
{
    private const int TitleLength = 60;

    /// <exception cref="CliException"><c>--continue</c> without any session.</exception>
    /// <exception cref="ConversationException">The session's file is damaged.</exception>
    public static async Task<Conversation> OpenAsync(CliHost host, GptEngine engine, TurnChoices choices)
    {
        var id = choices.Continue ? await LastAsync(host.Store).ConfigureAwait(false) : choices.Session;
        if (id is null)
            return engine.NewConversation();
        // Also checks the name, before anything is read.
        var fresh = new Conversation(id, host.Time.GetUtcNow());
        return await host.Store.LoadAsync(id).ConfigureAwait(false) ?? fresh;
    }

    /// <summary>A title from the first question, for a session that has none.</summary>
    public static void Name(Conversation conversation, string prompt)
    {
        var line = prompt.AsSpan().Trim();
        var end = line.IndexOfAny('\r', '\n');
        if (conversation.Title is null && line.Length > 0)
            conversation.Title = Screen.PlainText.Line((end < 0 ? line : line[..end]).ToString(), TitleLength);
    }

    private static async Task<string> LastAsync(IConversationStore store)
    {
        await foreach (var header in store.ListAsync().ConfigureAwait(false))
        {
            if (header.Damage is null)
                return header.Id;
        }

        throw CliException.Usage("--continue: there is no session yet. Begin one by asking: omega ask \"…\"");
    }
}
