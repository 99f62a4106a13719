using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PromptGen.Generators.Declarations.Symbols;
using PromptGen.Generators.Declarations.Types;
using PromptGen.Generators.Model;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Declarations;

/// <summary>
/// Reads a method marked <c>[RoutedPrompt]</c>, or with a clause alone, into a <see cref="PromptDeclaration"/>. Works on any input, half-typed code included.
/// </summary>
internal static class PromptReader
{
    private const string Calibration = "Calibration";

    public const string AttributeName = "PromptGen.RoutedPromptAttribute";

    /// <summary>The declaration, or null where the method carries neither the attribute nor a clause.</summary>
    /// <param name="method">The method.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <param name="isWritten">Whether code is written from it. Only that needs names that are free in the class, and to look them up takes a third of the time.</param>
    public static PromptDeclaration? Read(IMethodSymbol method, CancellationToken cancellationToken, bool isWritten = true)
    {
        var attributes = method.GetAttributes();
        if (AttributeOf(attributes) is not { } routed)
        {
            return null;
        }

        var clause = routed.IsPromptGen("RoutedPrompt") ? null : routed.PromptGenName();
        var syntax = method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) as MethodDeclarationSyntax;
        var output = OutputReader.Read(method);
        var facts = ContainerFacts.Of(method.ContainingType);
        var hidden = ExternAliases.HiddenFrom(method);
        var checks = CheckReader.Read(method, attributes, output, facts);
        var flaw = clause is not null ? $"it has [{clause}] but not [RoutedPrompt]"
            : (Flaw(method, syntax, output, facts, hidden, checks) is { } first ? Pattern(method) ?? first : null)
            ?? (facts.IsVarTaken ? "a type called 'var' is in scope, which the 'var' of generated code would mean: rename it" : null);
        var schema = Schema(attributes, output);
        var contract = schema is { IsJson: true } || output.Type is null or { SpecialType: SpecialType.System_String, NullableAnnotation: not NullableAnnotation.Annotated }
            ? null
            : OutputTypeReader.Read(output.Type, output.Type.NullableAnnotation, method.ContainingAssembly);
        var element = output.Kind == ReturnKind.ElementStream ? contract : null;
        if (element is not null)
        {
            contract = OutputTypeReader.Read(OutputReader.ListOf(method, output.Type!), NullableAnnotation.NotAnnotated, method.ContainingAssembly);
        }

        cancellationToken.ThrowIfCancellationRequested();
        var templates = Templates(attributes);
        return new PromptDeclaration(
            facts.DeclarationFor(method),
            method.Name,
            isWritten ? facts.StemOf(method) : method.Name,
            routed.Text("Name") is { Length: > 0 } name ? name : facts.PromptNameOf(method),
            Modifiers(syntax),
            ReturnType(method),
            output.Kind,
            output.Type is not null ? TypeNames.Of(output.Type) : output.Kind == ReturnKind.ChatClient ? "string" : "object",
            output.Type?.ToDisplayString(NameFormats.Short) ?? (output.Kind == ReturnKind.ChatClient ? "IChatClient" : "?"),
            contract,
            element,
            Parameters(method, output),
            RouteReader.Read(routed, attributes),
            templates,
            RepairReader.Of(method),
            Bounds(attributes),
            checks,
            NamedMethodReader.Fallback(method, attributes, output),
            flaw,
            syntax is not null && IsPartialDefinition(method, syntax) && CanImplement(method, syntax, facts, hidden))
        {
            Rules = EntryReader.Rules(method, attributes, output),
            RouteBy = EntryReader.By(method, attributes, facts),
            Learned = LearnedReader.Read(attributes),
            Canary = CanaryReader.Read(attributes),
            Cache = CacheReader.Read(attributes),
            Likelihoods = LikelihoodReader.Read(attributes),
            Ensemble = EnsembleReader.Read(method, attributes, output, facts),
            OutputShape = output.Type is not null && templates.Any(MayNamePrevious) ? TypeShapeReader.Read(output.Type) : null,
            Schema = schema,
            IsObsolete = Obsoletion.IsObsolete(method),
            Clause = clause,
            TypeParameters = TypeParameterText.Of(method),
            Constraints = TypeParameterText.ConstraintsOf(method),
        };
    }

    /// <summary>The attribute that makes a method a prompt; where it is missing, a clause that says that one is meant; null where there is neither.</summary>
    public static AttributeData? AttributeOf(ImmutableArray<AttributeData> attributes) =>
        attributes.FirstOrDefault(static attribute => attribute.IsPromptGen("RoutedPrompt")) ?? UnroutedPrompt.ClauseOf(attributes);

    /// <summary>Whether the shape of the output type may be needed: files are read later.</summary>
    private static bool MayNamePrevious(TemplateDeclaration template) =>
        template.File is not null || template.Text?.IndexOf("previous", System.StringComparison.OrdinalIgnoreCase) >= 0;

    private static SchemaDeclaration? Schema(IEnumerable<AttributeData> attributes, Output output)
    {
        foreach (var attribute in attributes)
        {
            if (attribute.IsPromptGen("OutputSchema"))
            {
                var isJson = output.Type is INamedTypeSymbol { Name: "JsonElement" } type && KnownTypes.IsIn(type, "System", "Text", "Json");
                return new SchemaDeclaration(attribute.Text(0) ?? "", isJson, null);
            }
        }

        return null;
    }

    /// <summary>What to write in place of a prompt that is where none can be: one message, whatever else is wrong with it.</summary>
    private static string? Pattern(IMethodSymbol method) =>
        method.ContainingType.TypeKind == TypeKind.Interface
            ? $"an interface cannot hold a prompt: declare the method in a class, 'public sealed partial class Desk : {method.ContainingType.Name}', as 'public partial'; AddPromptClients registers the class under the interface too"
            : method.IsStatic || method.ContainingType.IsStatic
                ? "it is static: declare it as an instance method, 'public partial Task<Answer> AskAsync(string question);', in a partial class that is not static, and get that class from the container"
                : null;

    // The first reason is reported: a message names one problem at a time.
    private static string? Flaw(
        IMethodSymbol method, MethodDeclarationSyntax? syntax, Output output, ContainerFacts facts, ITypeSymbol? hidden, EquatableArray<CheckDeclaration> checks)
    {
        if (syntax is null || !syntax.Modifiers.Any(SyntaxKind.PartialKeyword))
        {
            return "it is not partial: write 'partial' before its return type";
        }

        if (!LanguageSupport.IsEnough(syntax.SyntaxTree))
        {
            return "generated code is written in C# 12: remove <LangVersion> from the project, or set it to 12.0 or later";
        }

        if (!IsPartialDefinition(method, syntax))
        {
            return "it has a body of its own: end its declaration with a semicolon";
        }

        if (facts.Flaw is not null)
        {
            return facts.Flaw;
        }

        if (method.IsGenericMethod)
        {
            return "it is generic, but its contract is written for one output type: write a method for each type";
        }

        foreach (var parameter in method.Parameters)
        {
            if (parameter.RefKind != RefKind.None)
            {
                return $"its parameter '{parameter.Name}' is passed by reference, which an asynchronous method cannot take: pass it by value";
            }

            if (IsStackOnly(parameter.Type))
            {
                return $"its parameter '{parameter.Name}' is of a type that an asynchronous method cannot take: pass a string, an array or a class";
            }
        }

        if (method.Parameters.Count(static parameter => KnownTypes.IsOptions(parameter.Type)) > 1)
        {
            return "it has more than one parameter of type PromptOptions: remove all but one";
        }

        if (syntax.Modifiers.Any(SyntaxKind.UnsafeKeyword))
        {
            return "it is unsafe, where an asynchronous method cannot await: remove 'unsafe'";
        }

        if (method.IsVararg)
        {
            return "it takes an __arglist, which an asynchronous method cannot take: pass an array";
        }

        if (hidden is not null)
        {
            return $"generated code cannot name '{TypeNames.Short(hidden)}', whose reference has an extern alias only: add 'global' to the aliases of the reference";
        }

        if (output.Kind.IsStream() && method.HasPromptGenAttribute("Ensemble"))
        {
            return "it streams its answer, whose beginning is handed over before an ensemble could vote: remove [Ensemble], or return a task";
        }

        if (output.Kind.IsStream() && checks.Any(static check => check.IsJudged))
        {
            return "it streams its answer, whose items cannot wait for a judge or be repaired: name a method that is not a prompt in [AcceptIf], without Repair and WhenUnknown, or return a task";
        }

        if (output.Kind.IsStream() && method.HasPromptGenAttribute("AcceptLikely"))
        {
            return "it streams its answer, whose items are handed over before the probabilities of all its tokens are known: remove [AcceptLikely], or return a task";
        }

        if (output.Kind.IsStream() && method.GetAttributes().Any(static attribute => attribute.IsPromptGen("AcceptWhen") && attribute.Has(Calibration)))
        {
            return "it streams its answer, whose items are not calibrated: remove Calibration from [AcceptWhen], or return a task";
        }

        return output.Kind switch
        {
            ReturnKind.Unsupported => "its return type is not supported: return Task<T>, ValueTask<T>, Task<PromptResult<T>>, IAsyncEnumerable<string>, IAsyncEnumerable<T>, IAsyncEnumerable<PromptSnapshot<T>> or IChatClient",
            ReturnKind.ChatClient => ChatClientFlaw(method),
            _ => null,
        };
    }

    private static bool IsStackOnly(ITypeSymbol type) => type is IArrayTypeSymbol array
        ? IsStackOnly(array.ElementType)
        : type.IsRefLikeType || type.TypeKind is TypeKind.Pointer or TypeKind.FunctionPointer || type.SpecialType == SpecialType.System_TypedReference;

    private static string? ChatClientFlaw(IMethodSymbol method) =>
        method.Parameters.Length > 0 ? "it returns its route as an IChatClient, whose messages come from the caller: remove its parameters"
        : method.HasPromptGenAttribute("PromptTemplate") ? "it returns its route as an IChatClient, whose messages come from the caller: remove its templates"
        : method.HasPromptGenAttribute("AcceptWhen") || method.HasPromptGenAttribute("AcceptIf") || method.HasPromptGenAttribute("Fallback")
            ? "it returns its route as an IChatClient, whose answers are the caller's to judge: remove [AcceptWhen], [AcceptIf] and [Fallback]"
        : method.HasPromptGenAttribute("AcceptLikely") ? "it returns its route as an IChatClient, whose answers are the caller's to judge: remove [AcceptLikely]"
        : method.HasPromptGenAttribute("Ensemble") ? "it returns its route as an IChatClient, whose answers have no contract to vote on: remove [Ensemble]"
        : method.HasPromptGenAttribute("RouteBy") ? "it returns its route as an IChatClient, whose messages come from the caller and hold no value to route by: use [RouteWhen], which looks at the last user message, in place of [RouteBy] and [RouteCase]"
        : method.HasPromptGenAttribute("RouteLearned") ? "it returns its route as an IChatClient, whose messages come from the caller and are not what a router was trained on: use [RouteWhen], which looks at the last user message, in place of [RouteLearned]"
        : null;

    private static bool IsPartialDefinition(IMethodSymbol method, MethodDeclarationSyntax syntax) =>
        syntax.Modifiers.Any(SyntaxKind.PartialKeyword)
        && syntax.Body is null
        && syntax.ExpressionBody is null
        && method.PartialDefinitionPart is null
        && IsFreeOfOwnImplementation(method);

    // The generator's own part is an implementation too where the analyzer looks: only a part that is written by hand counts.
    private static bool IsFreeOfOwnImplementation(IMethodSymbol method) =>
        method.PartialImplementationPart is not { } implementation || ContainerReader.IsGenerated(implementation);

    /// <summary>Whether another file can hold the implementing part, in the language of this one.</summary>
    private static bool CanImplement(IMethodSymbol method, MethodDeclarationSyntax syntax, ContainerFacts facts, ITypeSymbol? hidden) =>
        !facts.IsFileLocal && !method.IsVararg && !facts.IsRepeated(method)
        && hidden is null && LanguageSupport.HasPartialMethods(syntax.SyntaxTree);

    private static string ReturnType(IMethodSymbol method) => method.RefKind switch
    {
        RefKind.Ref => "ref ",
        RefKind.RefReadOnly => "ref readonly ",
        _ => "",
    } + TypeNames.Of(method.ReturnType);

    private static string Modifiers(MethodDeclarationSyntax? syntax) =>
        syntax is null
            ? ""
            : string.Concat(syntax.Modifiers
                .Where(static modifier => !modifier.IsKind(SyntaxKind.PartialKeyword) && !modifier.IsKind(SyntaxKind.AsyncKeyword))
                .Select(static modifier => modifier.ValueText + " "));

    private static EquatableArray<ParameterDeclaration> Parameters(IMethodSymbol method, Output output)
    {
        var enumeratorToken = EnumeratorToken(method, output);
        var parameters = new ParameterDeclaration[method.Parameters.Length];
        for (var i = 0; i < parameters.Length; i++)
        {
            var parameter = method.Parameters[i];
            parameters[i] = new ParameterDeclaration(
                parameter.Name,
                TypeNames.Of(parameter.Type),
                TypeShapeReader.Read(parameter.Type),
                parameter.HasPromptGenAttribute("Sensitive"),
                parameter.HasPromptGenAttribute("Untrusted"),
                KnownTypes.IsCancellationToken(parameter.Type),
                parameter switch
                {
                    _ when ReferenceEquals(parameter, enumeratorToken) => "[global::System.Runtime.CompilerServices.EnumeratorCancellation] " + Passing(parameter),
                    { IsParams: true } => "params ",
                    _ => Passing(parameter),
                })
            {
                IsOptions = KnownTypes.IsOptions(parameter.Type),
            };
        }

        return new EquatableArray<ParameterDeclaration>(parameters);
    }

    private static string Passing(IParameterSymbol parameter) =>
        (parameter.ScopedKind != ScopedKind.None && parameter.RefKind != RefKind.Out ? "scoped " : "") + parameter.RefKind switch
        {
            RefKind.None => "",
            RefKind.Ref => "ref ",
            RefKind.Out => "out ",
            RefKind.In => "in ",
            _ => "ref readonly ",
        };

    /// <summary>The parameter for the token of <c>WithCancellation</c>, where the user has marked none: only one parameter may have the attribute.</summary>
    private static IParameterSymbol? EnumeratorToken(IMethodSymbol method, Output output) =>
        output.Kind.IsStream()
        && !method.Parameters.Any(static parameter => parameter.GetAttributes().Any(static attribute =>
            attribute.AttributeClass is { Name: "EnumeratorCancellationAttribute" } type && KnownTypes.IsIn(type, "System", "Runtime", "CompilerServices")))
            ? method.Parameters.FirstOrDefault(static parameter => KnownTypes.IsCancellationToken(parameter.Type))
            : null;

    private static EquatableArray<TemplateDeclaration> Templates(IEnumerable<AttributeData> attributes) => attributes
        .Where(static attribute => attribute.IsPromptGen("PromptTemplate"))
        .Select(static attribute => new TemplateDeclaration(
            attribute.Text(0),
            attribute.Text(0) is null ? attribute.Text("File") : null,
            attribute.Text("For"),
            attribute.Has("ForTier") && attribute.Int("ForTier", -1) is >= 0 and <= (int)Tier.SelfHosted and var tier ? (Tier)tier : null)
        {
            IgnoredFile = attribute.Text(0) is null ? null : attribute.Text("File"),
        })
        .ToEquatableArray();

    private static EquatableArray<MemberBound> Bounds(IEnumerable<AttributeData> attributes) => attributes
        .Where(static attribute => attribute.IsPromptGen("AcceptWhen"))
        .Select(static attribute => new MemberBound(
            attribute.Text(0) ?? "",
            Finite(attribute.Number("AtLeast", double.NaN)),
            Finite(attribute.Number("AtMost", double.NaN)))
        {
            Calibration = attribute.Text(Calibration) is { } file ? new CalibrationDeclaration(file) : null,
        })
        .ToEquatableArray();

    // An infinite bound bounds nothing, and C# has no literal for it.
    private static double Finite(double bound) => double.IsInfinity(bound) ? double.NaN : bound;
}
