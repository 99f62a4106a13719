using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
using PromptGen.Generators.Routing;

namespace PromptGen.Generators.Diagnostics;

/// <summary>PG0418: acceptance that accepts or rejects every answer.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AcceptanceEffectAnalyzer() : PromptAnalyzer(Descriptors.DecidesNothing)
{
    private protected override IEnumerable<Finding> Judge(PromptPlan plan, Catalog catalog)
    {
        var declaration = plan.Declaration;
        var bounds = declaration.Bounds;
        var most = new Dictionary<string, double>();
        var least = new Dictionary<string, double>();
        for (var i = 0; i < bounds.Count; i++)
        {
            var bound = bounds[i];
            if (declaration.IsHandedOverUnjudged || declaration.Judged is not { IsText: false } judged || judged.FindMember(bound.Member) is not { IsNumeric: true } member || bound.AtLeast > bound.AtMost)
            {
                continue;
            }

            if (bound.Calibration is not null)
            {
                if (Free(bound, 0, 1) is var (free, why))
                {
                    yield return At("AcceptWhen", i, free, $"[AcceptWhen] accepts every calibrated '{bound.Member}', because {why}: set a bound that some answers miss");
                }

                continue;
            }

            if (Free(bound, member.Minimum ?? double.NegativeInfinity, member.Maximum ?? double.PositiveInfinity) is var (argument, reason))
            {
                yield return At("AcceptWhen", i, argument, $"[AcceptWhen] accepts every '{bound.Member}', because {reason}: set a bound that some answers miss");
            }
            else if (most.TryGetValue(bound.Member, out var high) && bound.AtLeast > high)
            {
                yield return At("AcceptWhen", i, "AtLeast", $"No '{bound.Member}' is accepted, because another [AcceptWhen] sets AtMost to {Wording.Number(high)}: correct one of the two");
            }
            else if (least.TryGetValue(bound.Member, out var low) && bound.AtMost < low)
            {
                yield return At("AcceptWhen", i, "AtMost", $"No '{bound.Member}' is accepted, because another [AcceptWhen] sets AtLeast to {Wording.Number(low)}: correct one of the two");
            }

            Keep(most, bound.Member, bound.AtMost, static (one, other) => one < other);
            Keep(least, bound.Member, bound.AtLeast, static (one, other) => one > other);
        }

        for (var i = 0; i < declaration.Checks.Count; i++)
        {
            if (declaration.Checks[i] is { } check && check.AtLeast > check.AtMost)
            {
                yield return At("AcceptIf", i, "AtLeast", $"No score is accepted, because AtLeast ({Wording.Number(check.AtLeast)}) is above AtMost ({Wording.Number(check.AtMost)}): correct one of the two");
            }
        }
    }

    private protected override IEnumerable<Finding> Judge(IMethodSymbol method, PromptPlan plan, CancellationToken cancellationToken)
    {
        for (var i = 0; i < plan.Declaration.Checks.Count; i++)
        {
            if (plan.Declaration.Checks[i] is { HasBounds: false, Judge: null, Method: { Fits: true } check }
                && Named(method.ContainingType, check.Name) is { } named
                && Constant(named, cancellationToken) is { } accepts)
            {
                // A method that accepts everything may be written later: it does no harm.
                yield return accepts
                    ? At("AcceptIf", i, "#0", $"'{check.Name}' accepts every answer, so it checks nothing: return false, or a reason, for the answers to reject, or remove [AcceptIf]") with { Severity = DiagnosticSeverity.Info }
                    : At("AcceptIf", i, "#0", $"'{check.Name}' rejects every answer, so every call goes through its whole route and fails: return true, or null for the reason, for the answers to accept");
            }
        }
    }

    /// <summary>Which bound excludes nothing, and why; null where one does.</summary>
    private static (string Argument, string Reason)? Free(MemberBound bound, double least, double most)
    {
        var (low, high) = (!double.IsNaN(bound.AtLeast), !double.IsNaN(bound.AtMost));
        return low && bound.AtLeast == least && (!high || bound.AtMost == most) ? ("AtLeast", $"it is at least {Wording.Number(least)} anyway")
            : high && bound.AtMost == most && !low ? ("AtMost", $"it is at most {Wording.Number(most)} anyway")
            : null;
    }

    private static void Keep(Dictionary<string, double> bounds, string member, double bound, System.Func<double, double, bool> isTighter)
    {
        if (!double.IsNaN(bound) && (!bounds.TryGetValue(member, out var known) || isTighter(bound, known)))
        {
            bounds[member] = bound;
        }
    }

    /// <summary>The only method of that name; null where there are several, of which another one may be meant.</summary>
    private static IMethodSymbol? Named(INamedTypeSymbol type, string name)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.GetMembers(name) is { Length: > 0 } members)
            {
                return members.Length == 1 ? members[0] as IMethodSymbol : null;
            }
        }

        return null;
    }

    /// <summary>Whether a method accepts or rejects whatever it gets; null where that depends on what it gets.</summary>
    private static bool? Constant(IMethodSymbol method, CancellationToken cancellationToken)
    {
        if (method.IsVirtual || method.IsAbstract || method.IsOverride || method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is not MethodDeclarationSyntax syntax)
        {
            return null;
        }

        if (syntax.ExpressionBody is { Expression: var expression })
        {
            return Accepts(expression);
        }

        // What is returned in a lambda or a local function is not returned here.
        var results = (syntax.Body?.DescendantNodes(static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)) ?? [])
            .Where(static node => node is ReturnStatementSyntax or ThrowStatementSyntax or ThrowExpressionSyntax)
            .Select(static node => node is ReturnStatementSyntax { Expression: { } result } ? Accepts(result) : null)
            .Distinct()
            .ToArray();
        return results.Length == 1 ? results[0] : null;
    }

    private static bool? Accepts(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax inner => Accepts(inner.Expression),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "FromResult" }, ArgumentList.Arguments: { Count: 1 } arguments } => Accepts(arguments[0].Expression),
        _ => expression.Kind() switch
        {
            SyntaxKind.TrueLiteralExpression or SyntaxKind.NullLiteralExpression => true,
            SyntaxKind.FalseLiteralExpression or SyntaxKind.StringLiteralExpression => false,
            _ => null,
        },
    };

    private static Finding At(string attribute, int index, string argument, string message) => Finding.At(new Place.Attribute(attribute, index, argument), "PG0418", message);
}
