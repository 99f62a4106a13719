using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
using PromptGen.Generators.Model.Contracts;
using PromptGen.Generators.Routing;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Diagnostics;

/// <summary>PG0418: acceptance that accepts or rejects every answer.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AcceptanceEffectAnalyzer() : PromptAnalyzer(Descriptors.DecidesNothing)
{
    private protected override IEnumerable<Finding> Judge(PromptPlan plan, Catalog catalog)
    {
        var declaration = plan.Declaration;
        var bounds = declaration.Judged is { IsText: false } judged ? Bounds(declaration.Bounds, judged) : [];
        return bounds.Concat(declaration.Checks
            .Select(static (check, i) => (check, i))
            .Where(static one => one.check.AtLeast > one.check.AtMost)
            .Select(static one => At("AcceptIf", one.i, "AtLeast", $"No score is accepted, because AtLeast ({Wording.Number(one.check.AtLeast)}) is above AtMost ({Wording.Number(one.check.AtMost)}): correct one of the two")));
    }

    private static IEnumerable<Finding> Bounds(EquatableArray<MemberBound> bounds, ContractModel judged)
    {
        var most = new Dictionary<(string Member, string? Calibration), double>();
        var least = new Dictionary<(string Member, string? Calibration), double>();
        for (var i = 0; i < bounds.Count; i++)
        {
            var bound = bounds[i];
            if (judged.FindMember(bound.Member) is not { IsNumeric: true } member || bound.AtLeast > bound.AtMost)
            {
                continue;
            }

            // What a calibration returns is a share, whatever the range of the member is, and not to be compared with the member itself.
            var key = (bound.Member, bound.Calibration?.File);
            var name = (bound.Calibration is null ? "" : "calibrated ") + $"'{bound.Member}'";
            var (lowest, highest) = bound.Calibration is null ? (member.Minimum ?? double.NegativeInfinity, member.Maximum ?? double.PositiveInfinity) : (0, 1);
            if (Free(bound, lowest, highest) is var (argument, reason))
            {
                yield return At("AcceptWhen", i, argument, $"[AcceptWhen] accepts every {name}, because {reason}: set a bound that some answers miss");
            }
            else if (most.TryGetValue(key, out var high) && bound.AtLeast > high)
            {
                yield return At("AcceptWhen", i, "AtLeast", $"No {name} is accepted, because another [AcceptWhen] sets AtMost to {Wording.Number(high)}: correct one of the two");
            }
            else if (least.TryGetValue(key, out var low) && bound.AtMost < low)
            {
                yield return At("AcceptWhen", i, "AtMost", $"No {name} is accepted, because another [AcceptWhen] sets AtLeast to {Wording.Number(low)}: correct one of the two");
            }

            Keep(most, key, bound.AtMost, static (one, other) => one < other);
            Keep(least, key, bound.AtLeast, static (one, other) => one > other);
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

    private static void Keep<T>(Dictionary<T, double> bounds, T key, double bound, System.Func<double, double, bool> isTighter)
    {
        if (!double.IsNaN(bound) && (!bounds.TryGetValue(key, out var known) || isTighter(bound, known)))
        {
            bounds[key] = bound;
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
