namespace Omega.Gpt.Functions.Outside;

/// <summary>A tool of a server that can be a function here.</summary>
/// <param name="ServerName">The server's name for it.</param>
/// <param name="Definition">What the model is told.</param>
internal sealed record McpTool(string ServerName, FunctionDefinition Definition);
