namespace Omega.Trading.Expressions;

/// <summary>
/// Reads an expression by descent, one method for each level of precedence:
/// <c>or</c>, <c>and</c>, <c>not</c>, comparison, <c>+ -</c>, <c>* /</c>, minus sign, <c>[n]</c> and <c>.name</c>.
/// Depth and size are bounded while reading, so that no input can exhaust the stack.
/// </summary>
internal sealed class Parser
{
    private readonly string _text;
    private readonly Lexer _lexer;
    private Token _token;
    private int _nodes;
    private int _depth;

    private Parser(string text)
    {
        _text = text;
        _lexer = new Lexer(text);
        _token = _lexer.Next();
    }

    /// <exception cref="ExpressionException">It is not an expression, or above a bound.</exception>
    public static SyntaxNode Parse(string text)
    {
        if (text.Length > ExpressionLimits.Characters)
            throw new ExpressionException(text, ExpressionLimits.Characters, $"The expression has {text.Length} characters; at most {ExpressionLimits.Characters} are allowed.");
        var parser = new Parser(text);
        if (parser._token.Kind == TokenKind.End)
            throw new ExpressionException(text, parser._token.Position, "The expression is empty. Write a rule, such as: close > ema(200).");
        var root = parser.Or();
        return parser._token.Kind == TokenKind.End ? root : throw parser.Trailing();
    }

    private SyntaxNode Or()
    {
        var left = And();
        while (_token.Kind == TokenKind.Or)
            left = Binary(left, And);
        return left;
    }

    private SyntaxNode And()
    {
        var left = Not();
        while (_token.Kind == TokenKind.And)
            left = Binary(left, Not);
        return left;
    }

    private SyntaxNode Not() => _token.Kind == TokenKind.Not ? Prefix(Not) : Comparison();

    private SyntaxNode Comparison()
    {
        var left = Sum();
        if (!IsComparison(_token.Kind))
            return left;
        left = Binary(left, Sum);
        return IsComparison(_token.Kind)
            ? throw Error("Comparisons do not chain. Join two with \"and\": a < b and b < c.")
            : left;
    }

    private SyntaxNode Sum()
    {
        var left = Product();
        while (_token.Kind is TokenKind.Plus or TokenKind.Minus)
            left = Binary(left, Product);
        return left;
    }

    private SyntaxNode Product()
    {
        var left = Sign();
        while (_token.Kind is TokenKind.Star or TokenKind.Slash)
            left = Binary(left, Sign);
        return left;
    }

    private SyntaxNode Sign() => _token.Kind == TokenKind.Minus ? Prefix(Sign) : Postfix();

    private SyntaxNode Postfix()
    {
        var target = Primary();
        while (true)
        {
            switch (_token.Kind)
            {
                case TokenKind.OpenBracket:
                    var open = Take();
                    target = Count(new IndexSyntax(open.Position, target, Nested(Or)));
                    Close(open, TokenKind.CloseBracket, "]");
                    break;
                case TokenKind.Dot:
                    Take();
                    if (_token.Kind != TokenKind.Name)
                        throw Error($"Expected a name after \".\", such as macd(12, 26, 9).signal or h4.close; found {_token.Shown}.");
                    var position = _token.Position;
                    target = Count(new MemberSyntax(position, target, NameOrCall()));
                    break;
                default:
                    return target;
            }
        }
    }

    private SyntaxNode Primary()
    {
        switch (_token.Kind)
        {
            case TokenKind.Number:
                var number = Take();
                return Count(new NumberSyntax(number.Position, number.Number));
            case TokenKind.True or TokenKind.False:
                var truth = Take();
                return Count(new TruthSyntax(truth.Position, truth.Kind == TokenKind.True));
            case TokenKind.Name:
                return NameOrCall();
            case TokenKind.OpenParenthesis:
                var open = Take();
                var inner = Nested(Or);
                Close(open, TokenKind.CloseParenthesis, ")");
                return inner;
            case TokenKind.Dot:
                throw Error("A number needs a digit before the point: 0.5.");
            case TokenKind.Not:
                throw Error("\"not\" stands before a whole comparison. Put it and its operand in parentheses.");
            case TokenKind.Plus:
                throw Error("There is no plus sign before an operand. Leave it out.");
            default:
                throw Error($"Expected a price, a number, a call or \"(\"; found {_token.Shown}.");
        }
    }

    private SyntaxNode NameOrCall()
    {
        var name = Take();
        if (_token.Kind != TokenKind.OpenParenthesis)
            return Count(new NameSyntax(name.Position, name.Text));
        var open = Take();
        var arguments = new List<SyntaxNode>();
        if (_token.Kind != TokenKind.CloseParenthesis)
        {
            arguments.Add(Nested(Or));
            while (_token.Kind == TokenKind.Comma)
            {
                Take();
                arguments.Add(Nested(Or));
            }
        }

        Close(open, TokenKind.CloseParenthesis, ")");
        return Count(new CallSyntax(name.Position, name.Text, arguments));
    }

    private SyntaxNode Binary(SyntaxNode left, Func<SyntaxNode> operand)
    {
        var sign = Take();
        return Count(new BinarySyntax(sign.Position, sign.Kind, left, operand()));
    }

    private SyntaxNode Prefix(Func<SyntaxNode> operand)
    {
        var sign = Take();
        return Count(new PrefixSyntax(sign.Position, sign.Kind, Nested(operand)));
    }

    private SyntaxNode Nested(Func<SyntaxNode> read)
    {
        if (++_depth > ExpressionLimits.Depth)
            throw Error($"The expression is nested more than {ExpressionLimits.Depth} deep. Simplify it.");
        var node = read();
        _depth--;
        return node;
    }

    private void Close(Token open, TokenKind kind, string closing)
    {
        if (_token.Kind != kind)
            throw Error($"Expected \"{closing}\" to close the \"{open.Text}\" of character {open.Position + 1}; found {_token.Shown}.");
        Take();
    }

    private SyntaxNode Count(SyntaxNode node) =>
        ++_nodes <= ExpressionLimits.Nodes
            ? node
            : throw new ExpressionException(_text, node.Position, $"The expression has more than {ExpressionLimits.Nodes} names, numbers, operators and calls. Simplify it.");

    private Token Take()
    {
        var taken = _token;
        _token = _lexer.Next();
        return taken;
    }

    private ExpressionException Trailing() => _token.Kind switch
    {
        TokenKind.CloseParenthesis or TokenKind.CloseBracket => Error($"{_token.Shown} closes nothing. Remove it, or open it before."),
        TokenKind.Name when NearNames.Find(_token.Text, ["and", "or"]) is [var near, ..] => Error($"Expected an operator or the end; found {_token.Shown}. Did you mean \"{near}\"?"),
        _ => Error($"Expected an operator or the end; found {_token.Shown}."),
    };

    private ExpressionException Error(string reason) => new(_text, _token.Position, reason);

    private static bool IsComparison(TokenKind kind) => kind is >= TokenKind.Less and <= TokenKind.NotEqual;
}
