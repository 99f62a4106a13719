using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
using PromptGen.Generators.Routing;

namespace PromptGen.Generators.Diagnostics;

/// <summary>PG04: acceptance checks and the substitute.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AcceptanceAnalyzer() : PromptAnalyzer(Descriptors.UnusableBound, Descriptors.UnusableMethod)
{
    private protected override IEnumerable<Finding> Judge(PromptPlan plan, Catalog catalog)
    {
        var declaration = plan.Declaration;
        var numeric = new Lazy<NameIndex>(() => new NameIndex(declaration.Judged!.RootMembers.Where(static member => member.IsNumeric).Select(static member => member.Name)));
        for (var i = 0; i < declaration.Bounds.Count; i++)
        {
            var bound = declaration.Bounds[i];
            var meant = Meant(declaration, bound, numeric);
            if (Bound(declaration, bound, meant) is var (argument, reason))
            {
                yield return Finding.At(new Place.Attribute("AcceptWhen", i, argument), "PG0412", bound.Member, reason) with { Fix = meant };
            }
        }

        var output = declaration.OutputName;
        for (var i = 0; i < declaration.Checks.Count; i++)
        {
            if (declaration.Checks[i] is { Method: { Fits: false } check } declared)
            {
                yield return declaration.IsHandedOverUnjudged ? Unjudged(i, check, declaration) : Named(
                    "AcceptIf",
                    i,
                    check,
                    declaration,
                    declared.HasBounds
                        ? $"'double {check.Name}({output} value)', whose number AtLeast and AtMost compare"
                        : $"'bool {check.Name}({output} value)', or one that returns string? with the reason of a rejection");
            }
        }

        foreach (var problem in (declaration.Element ?? declaration.Contract)?.Problems ?? default)
        {
            if (problem.Id == "PG0413")
            {
                yield return problem;
            }
        }

        for (var i = 0; i < declaration.Rules.Count; i++)
        {
            if (declaration.Rules[i].Predicate is { Method: { Fits: false } predicate })
            {
                yield return Named("RouteWhen", i, predicate, declaration, declaration.IsChatClient ? $"'bool {predicate.Name}(string message)', which gets the last user message" : $"'bool {predicate.Name}(…)' with parameters of '{declaration.Name}'", "Predicate");
            }
        }

        if (declaration.RouteBy is { IsDeclared: true, ValueType: null } by)
        {
            yield return by.Method is { } source
                ? Named("RouteBy", 0, source.Method, declaration, $"a method with parameters of '{declaration.Name}' that returns an enum, bool, integer or string")
                : Path(by);
        }

        if (declaration.Ensemble?.Judge is { Method: { Fits: false } judge })
        {
            yield return Named("Ensemble", 0, judge, declaration, $"'int {judge.Name}(IReadOnlyList<{output}> candidates)', or a prompt of that shape, with parameters of '{declaration.Name}'", "Judge");
        }

        if (declaration.Fallback is { Fits: false } fallback)
        {
            yield return Named("Fallback", 0, fallback, declaration, $"a method with the parameters of '{declaration.Name}', in their order, that returns {(declaration.IsStream ? StreamOf(declaration) : $"{output} or Task<{output}>")}");
        }
    }

    private static Finding Path(RouteByDeclaration by) => Finding.At(
        new Place.Attribute("RouteBy", 0, "#" + (by.Flaw?.Argument ?? 0).ToString(CultureInfo.InvariantCulture)),
        "PG0413",
        "RouteBy",
        by.Name,
        by.Flaw?.IsObsolete == true ? "which [Obsolete] makes an error to use" : "which leads to no enum, bool, integer or string that the prompt's class can read",
        by.Flaw?.Meant is { } meant ? $"'{meant}', or the name of another member" : "a parameter, or the path to a member of one");

    private static string StreamOf(PromptDeclaration declaration) =>
        declaration.Return == ReturnKind.SnapshotStream ? $"IAsyncEnumerable<PromptSnapshot<{declaration.OutputName}>>" : $"IAsyncEnumerable<{declaration.OutputName}>";

    private static Finding Unjudged(int index, NamedMethod check, PromptDeclaration declaration) => Finding.At(
        new Place.Attribute("AcceptIf", index, "#0"),
        "PG0413",
        "AcceptIf",
        check.Name,
        $"but a stream of {Kind(declaration)} is handed over before anything can check it",
        $"'Task<{declaration.OutputName}>' as the return type, or drop the check");

    private static string Kind(PromptDeclaration declaration) => declaration.IsText ? "text" : "snapshots";

    private static Finding Named(string attribute, int index, NamedMethod method, PromptDeclaration declaration, string expected, string argument = "#0") => Finding.At(
        new Place.Attribute(attribute, index, argument),
        "PG0413",
        attribute,
        method.Name,
        method.IsObsolete ? "which [Obsolete] makes an error to use" : method.Exists ? "whose shape does not fit" : $"which '{declaration.Container.Type.Name}' does not have",
        expected);

    /// <summary>What is wrong with a bound, and where; null where it can be checked.</summary>
    private static (string Argument, string Reason)? Bound(PromptDeclaration declaration, MemberBound bound, string? meant)
    {
        if (declaration.IsHandedOverUnjudged)
        {
            return ("#0", $"a stream of {Kind(declaration)} is handed over before anything can check it; return Task<{declaration.OutputName}>");
        }

        if (declaration.Judged is not { IsText: false } judged)
        {
            return ("#0", "the prompt returns text, which has no members; check it with [AcceptIf]");
        }

        if (!judged.CanEmit)
        {
            return null;
        }

        return judged.FindMember(bound.Member) switch
        {
            null => ("#0", $"'{declaration.OutputName}' has no such member{(meant is null ? "" : $"; did you mean '{meant}'?")}"),
            { IsReadable: false } => ("#0", "generated code cannot read it; check the value with [AcceptIf]"),
            { IsNumeric: false } => ("#0", "it is not a number; check it with [AcceptIf]"),
            { Minimum: < 0 } or { Maximum: > 1 } when bound.Calibration is not null => ("Calibration", "it is not a number from 0 to 1, which a calibration maps; remove Calibration"),
            _ when bound.Calibration is not null => Range(bound, 0, 1),
            var member => Range(bound, member.Minimum ?? double.NegativeInfinity, member.Maximum ?? double.PositiveInfinity),
        };
    }

    /// <summary>The member that was probably meant by a name that there is not.</summary>
    private static string? Meant(PromptDeclaration declaration, MemberBound bound, Lazy<NameIndex> numeric) =>
        declaration is { IsHandedOverUnjudged: false, Judged: { IsText: false, CanEmit: true } judged } && judged.FindMember(bound.Member) is null ? numeric.Value.Closest(bound.Member) : null;

    private static (string Argument, string Reason)? Range(MemberBound bound, double least, double most) => bound switch
    {
        { AtLeast: double.NaN, AtMost: double.NaN } => ("#0", "set AtLeast or AtMost to a finite number"),
        _ when bound.AtLeast > bound.AtMost => ("AtLeast", "AtLeast is above AtMost, so every answer would be rejected: swap them"),
        _ when bound.AtLeast > most => ("AtLeast", $"it is at most {Wording.Number(most)}, so every answer would be rejected: lower the bound"),
        _ when bound.AtMost < least => ("AtMost", $"it is at least {Wording.Number(least)}, so every answer would be rejected: raise the bound"),
        _ when bound.AtLeast < least => ("AtLeast", $"it is at least {Wording.Number(least)} anyway, so nothing would be rejected: raise the bound"),
        _ when bound.AtMost > most => ("AtMost", $"it is at most {Wording.Number(most)} anyway, so nothing would be rejected: lower the bound"),
        _ => null,
    };
}
