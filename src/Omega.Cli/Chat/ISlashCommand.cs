namespace Omega.Cli.Chat;

/// <summary>Something that a person asks of the chat itself, not of the model: <c>/model openai/gpt-4.1</c>.</summary>
internal interface ISlashCommand
{
    /// <summary>Without the slash.</summary>
    string Name { get; }

    /// <summary>What may stand behind it; empty for nothing.</summary>
    string Form { get; }

    /// <summary>What it does, in a short sentence.</summary>
    string Does { get; }

    /// <summary>Does it.</summary>
    /// <param name="chat">The chat.</param>
    /// <param name="argument">What stands behind the name, trimmed.</param>
    /// <exception cref="CliException">It cannot be done; the chat goes on.</exception>
    ValueTask RunAsync(ChatSession chat, string argument);
}
