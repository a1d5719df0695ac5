namespace Omega.Trading.Expressions;

/// <summary>An expression as it was written, before names and types mean anything.</summary>
/// <param name="Position">The character that an error about it points at.</param>
internal abstract record SyntaxNode(int Position);

/// <summary>A number.</summary>
internal sealed record NumberSyntax(int Position, double Value) : SyntaxNode(Position);

/// <summary><c>true</c> or <c>false</c>.</summary>
internal sealed record TruthSyntax(int Position, bool Value) : SyntaxNode(Position);

/// <summary>A bare name, such as <c>close</c>.</summary>
internal sealed record NameSyntax(int Position, string Name) : SyntaxNode(Position);

/// <summary>A call, such as <c>ema(12)</c>.</summary>
internal sealed record CallSyntax(int Position, string Name, IReadOnlyList<SyntaxNode> Arguments) : SyntaxNode(Position);

/// <summary>What follows a dot: an output (<c>macd(12, 26, 9).signal</c>), or a name or call of a timeframe (<c>h4.ema(12)</c>).</summary>
/// <param name="Position">The name's first character.</param>
/// <param name="Target">What stands before the dot.</param>
/// <param name="Member">The name or the call behind it: a <see cref="NameSyntax"/> or a <see cref="CallSyntax"/>.</param>
internal sealed record MemberSyntax(int Position, SyntaxNode Target, SyntaxNode Member) : SyntaxNode(Position);

/// <summary>A look back, such as <c>close[1]</c>.</summary>
internal sealed record IndexSyntax(int Position, SyntaxNode Target, SyntaxNode Index) : SyntaxNode(Position);

/// <summary><c>not</c> or a minus sign.</summary>
internal sealed record PrefixSyntax(int Position, TokenKind Operator, SyntaxNode Operand) : SyntaxNode(Position);

/// <summary>Two operands and what stands between them.</summary>
internal sealed record BinarySyntax(int Position, TokenKind Operator, SyntaxNode Left, SyntaxNode Right) : SyntaxNode(Position);
