using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Model;
using PromptGen.Generators.Routing;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Emission;

/// <summary>Writes the members that implement one prompt.</summary>
internal sealed class PromptBody
{
    private readonly SourceWriter _writer;
    private readonly PromptPlan _plan;
    private readonly PromptDeclaration _declaration;
    private readonly string _stem;
    private readonly HashSet<string> _taken;

    public PromptBody(SourceWriter writer, PromptPlan plan)
    {
        _writer = writer;
        _plan = plan;
        _declaration = plan.Declaration;
        _stem = _declaration.Stem;
        _taken = new HashSet<string>(_declaration.Parameters.Select(static parameter => parameter.Name), System.StringComparer.Ordinal) { _declaration.Container.RuntimeName };
        if (_declaration.Fallback is { } fallback)
        {
            _taken.Add(fallback.Name);
        }
    }

    public void Write()
    {
        if (_declaration.IsStream)
        {
            WriteStream();
        }
        else if (_declaration.IsChatClient)
        {
            WriteChatClient();
        }
        else
        {
            WriteMethod();
        }

        WriteRuntime();
        Entry().WriteCases();
        _writer.Line();
        WriteRoute();
        _writer.Line();
        WriteDefinition();
        if (_declaration.IsChatClient)
        {
            return;
        }

        if (AcceptanceEmitter.IsNeeded(_declaration))
        {
            _writer.Line();
            _writer.Attributes(AcceptanceEmitter.IsObsolete(_declaration));
            AcceptanceEmitter.Emit(_writer, _declaration, _stem + "Accepts");
        }

        _writer.Line();
        WriteTemplate();
    }

    private void WriteChatClient() => _writer
        .Line(PromptEmitter.Signature(_declaration, isAsync: false) + " =>")
        .Indent()
        .Line($"global::PromptGen.ChatRouteExtensions.AsChatClient({Runtime()}, {_stem}Prompt);")
        .Unindent();

    private void WriteMethod()
    {
        var call = _taken.Take("call");
        var template = _taken.Take("template");
        var token = Token();
        var data = Data().Select(static parameter => CSharpName.Escape(parameter.Name));
        var accepts = AcceptanceEmitter.IsNeeded(_declaration) ? AcceptanceEmitter.Delegate(_declaration, _stem + "Accepts", _taken) + ", " : "";
        var start = AcceptanceEmitter.IsJudged(_declaration) ? "StartJudged" : "Start";
        var result = _declaration.Return == ReturnKind.Result ? call + ".Result" : call + ".Value";

        _writer.Open(PromptEmitter.Signature(_declaration, isAsync: true));
        _writer.Line($"using var {call} = {Runtime()}.{start}({_stem}Prompt, {accepts}{token});");
        _writer.Line($"var {template} = new {_stem}Template({string.Join(", ", data)});");
        _writer.Line();
        if (_plan.Entry.IsEmpty)
        {
            foreach (var step in _plan.Route.Steps)
            {
                _writer.Line($"if (await {call}.TryAsync({Step(step)}, {template}).ConfigureAwait(false)) return {result};");
            }
        }
        else
        {
            var step = OpenSteps(call);
            _writer.Line($"if (await {call}.TryAsync({step}, {template}).ConfigureAwait(false)) return {result};");
            _writer.Close();
            _writer.Line();
        }

        _writer.Line(Ending(call));
        _writer.Close();
    }

    /// <summary>The same, as an iterator: once a step has the first item it stays with it.</summary>
    private void WriteStream()
    {
        var call = _taken.Take("call");
        var template = _taken.Take("template");
        var token = Token();
        var data = Data().Select(static parameter => CSharpName.Escape(parameter.Name));
        var element = _declaration.Element is { } model ? model.ContractTypeName + ".Instance, " : "";
        var accepts = AcceptanceEmitter.IsNeeded(_declaration) ? AcceptanceEmitter.Delegate(_declaration, _stem + "Accepts", _taken) + ", " : "";
        var start = _declaration.Return == ReturnKind.SnapshotStream ? "StreamSnapshots" : "Stream";

        _writer.Open(PromptEmitter.Signature(_declaration, isAsync: true));
        _writer.Line($"await using var {call} = {Runtime()}.{start}({_stem}Prompt, {element}{accepts}{token});");
        _writer.Line($"var {template} = new {_stem}Template({string.Join(", ", data)});");
        _writer.Line();
        if (_plan.Entry.IsEmpty)
        {
            var steps = _plan.Route.Steps.Select(step => $"await {call}.TryAsync({Step(step)}, {template}).ConfigureAwait(false)");
            _writer.Open($"if ({string.Join("\n    || ", steps)})");
            WriteItems(call);
        }
        else
        {
            var step = OpenSteps(call);
            _writer.Open($"if (await {call}.TryAsync({step}, {template}).ConfigureAwait(false))");
            WriteItems(call);
            _writer.Close();
        }

        _writer.Line();
        WriteStreamEnding(call);
        _writer.Close();
    }

    private void WriteItems(string call)
    {
        _writer.Line($"while (await {call}.MoveNextAsync().ConfigureAwait(false)) yield return {call}.Current;");
        _writer.Line("yield break;");
        _writer.Close();
    }

    /// <summary>Writes where the call enters its route, and opens the loop over the steps from there.</summary>
    /// <returns>The name of the step.</returns>
    private string OpenSteps(string call)
    {
        var entry = Entry().Write(call);
        var step = _taken.Take("step");
        _writer.Open($"for (var {step} = {call}.Enter({entry}); {step} is not null; {step} = {call}.After({step}))");
        return step;
    }

    private EntryEmitter Entry() => new(_writer, _plan, name => $"{_stem}Route.{StepName(name)}", _taken);

    private void WriteStreamEnding(string call)
    {
        if (_declaration.Fallback is not { } fallback)
        {
            _writer.Line($"throw {call}.Exhausted();");
            return;
        }

        var item = _taken.Take("item");
        _writer.Line($"await foreach (var {item} in {call}.Substitute({Substitute(fallback)}).ConfigureAwait(false)) yield return {item};");
    }

    private string Token() => _declaration.Parameters.FirstOrDefault(static parameter => parameter.IsCancellationToken) is { } parameter
        ? CSharpName.Escape(parameter.Name)
        : "default";

    /// <summary>
    /// The arguments that have the runtime call the fallback method. The lambda captures nothing: a closure would be made at the start of every call, also of those
    /// that succeed.
    /// </summary>
    private string Substitute(NamedMethod fallback)
    {
        var state = _taken.Take("state");
        var stop = _taken.Take("stop");
        var values = _declaration.Parameters.Where(parameter => parameter.IsData || (parameter.IsOptions && fallback.TakesOptions)).Select(static parameter => CSharpName.Escape(parameter.Name)).ToList();
        var count = values.Count;
        if (!fallback.IsStatic)
        {
            values.Insert(0, "this");
        }

        var arguments = Enumerable.Range(fallback.IsStatic ? 1 : 2, count).Select(position => $"{state}.Item{Literal.Int(position)}").ToList();
        if (fallback.TakesToken)
        {
            arguments.Add(stop);
        }

        // A tuple has two elements at least, and unlike a single dynamic value it leaves the call one that is bound when it is compiled.
        while (values.Count < 2)
        {
            values.Add("0");
        }

        // A call with a dynamic argument that names no owner means one through this, which the lambda does not have.
        var needsOwner = HasParameter(fallback.Name) || Data().Any(static parameter => parameter.TypeName.Contains("dynamic"));
        var owner = !fallback.IsStatic ? state + ".Item1." : needsOwner ? _declaration.Container.FullName + "." : "";
        var method = $"{owner}{CSharpName.Escape(fallback.Name)}({string.Join(", ", arguments)})";
        var isAsync = fallback.IsAwaited ? "async " : "";
        var body = fallback.IsAwaited ? $"await {method}.ConfigureAwait(false)" : _declaration.IsStream ? method : $"new global::System.Threading.Tasks.ValueTask<{AnswerType(fallback)}>({method})";
        var seconds = double.IsNaN(fallback.Seconds) ? "" : ", " + Literal.Double(fallback.Seconds);
        return $"({string.Join(", ", values)}), static {isAsync}({state}, {stop}) => {body}{seconds}";
    }

    private string AnswerType(NamedMethod fallback) =>
        fallback.Answer == AnswerKind.Result ? $"global::PromptGen.PromptResult<{_declaration.OutputType}>" : _declaration.OutputType;

    /// <summary>What happens when no step gave an accepted answer.</summary>
    private string Ending(string call)
    {
        if (_declaration.Fallback is not { } fallback)
        {
            return $"throw {call}.Exhausted();";
        }

        var value = $"await {call}.SubstituteAsync({Substitute(fallback)}).ConfigureAwait(false)";
        return _declaration.Return == ReturnKind.Result && fallback.Answer == AnswerKind.Output
            ? $"return {call}.Served({value});"
            : $"return {value};";
    }

    private void WriteRoute()
    {
        _writer.Attributes(_declaration.IsObsolete);
        _writer.Open($"private static class {_stem}Route");
        var next = default(string);
        foreach (var step in _plan.Route.Steps.Reverse())
        {
            WriteStep(step, next);
            next = step.Name;
        }

        foreach (var step in _plan.Route.Entries.Concat(_plan.Route.Choices.Except(_plan.Route.Steps.Concat(_plan.Route.Entries))))
        {
            WriteStep(step, step.Next);
        }

        _writer.Close();
    }

    private void WriteStep(PlannedStep step, string? next)
    {
        _writer.Append($"public static readonly global::PromptGen.Routing.PromptStep {StepName(step.Name)} = new(global::PromptGen.Tier.{step.Tier}, [");
        var separator = "";
        foreach (var model in step.Models)
        {
            _writer.Append(separator);
            CatalogEmitter.WriteReference(_writer, model);
            separator = ", ";
        }

        _writer.Append("]");
        foreach (var model in step.Fallbacks)
        {
            _writer.Append(", ");
            CatalogEmitter.WriteReference(_writer, model);
        }

        _writer.Line(next is null ? ");" : $") {{ Next = {StepName(next)} }};");
    }

    private void WriteDefinition()
    {
        var route = _declaration.Route;
        var contract = _plan.ContractTypeName + ".Instance";
        var output = _declaration.Return == ReturnKind.ElementStream ? _declaration.Contract!.TypeName : _declaration.OutputType;
        _writer.Attributes(_declaration.IsObsolete);
        _writer.Line($"private static readonly global::PromptGen.Routing.PromptDefinition<{output}> {_stem}Prompt =");
        _writer.Indent();
        _writer.Line($"new({Literal.String(_declaration.PromptName)}, {Literal.String(_plan.Version)}, {contract}, {Step(_plan.Route.Steps[0])})");
        _writer.Line("{").Indent();
        _writer.Line($"Repairs = {Literal.Int(_declaration.IsStream ? 0 : route.Repairs)},");
        Setting("Tolerance", route.Tolerance != Tolerance.Lenient, "global::PromptGen.Tolerance." + route.Tolerance);
        Setting("Order", route.Order != StepOrder.Catalog, "global::PromptGen.StepOrder." + route.Order);
        Setting("Temperature", !double.IsNaN(route.Temperature), Literal.Double(route.Temperature).TrimEnd('d') + "f");
        Setting("MaxOutputTokens", route.MaxOutputTokens > 0, Literal.Int(route.MaxOutputTokens));
        Setting("MaxUsd", !double.IsNaN(route.BudgetUsd), double.IsNaN(route.BudgetUsd) ? "" : Literal.Decimal(route.BudgetUsd));
        Setting("Deadline", !double.IsNaN(route.DeadlineSeconds), $"global::System.TimeSpan.FromSeconds({Literal.Double(route.DeadlineSeconds)})");
        Setting("SelfHostedOnly", IsSelfHostedOnly(), "true");
        var children = _plan.Clauses.SelectMany(static clause => clause.Children).Distinct().ToArray();
        Setting("Entries", _plan.Route.Entries.Count > 0, $"[{string.Join(", ", _plan.Route.Entries.Select(Step))}]");
        Setting("Choices", _plan.Route.Choices.Count > 0, $"[{string.Join(", ", _plan.Route.Choices.Select(Step))}]");
        Setting("Canary", _plan.Entry.Canary is not null, _plan.Entry.Canary is { } canary
            ? $"new({Literal.String(_declaration.PromptName)}, {Literal.Double(canary.Declaration.Percent)}, {_stem}Route.{StepName(canary.Step)})"
            : "");
        Setting("Children", children.Length > 0, $"static () => [{string.Join(", ", children)}]");
        var worstCase = WorstCase.Usd(_plan);
        Setting("WorstCaseUsd", worstCase is not null, worstCase is { } usd ? Literal.Decimal(usd) : "");
        _writer.Unindent().Line("};").Unindent();
    }

    private bool IsSelfHostedOnly() =>
        _declaration.Route.SelfHostedOnly || _declaration.Parameters.Any(static parameter => parameter.IsSensitive);

    private void Setting(string name, bool isSet, string value)
    {
        if (isSet)
        {
            _writer.Line($"{name} = {value},");
        }
    }

    private void WriteTemplate()
    {
        var parameters = string.Join(", ", Data().Select(static parameter => parameter.TypeName + " " + CSharpName.Escape(parameter.FieldName)));
        var used = _plan.Selection.Choices.Select(static choice => choice.Template).Distinct().OrderBy(static index => index).ToArray();
        var model = _taken.Take("model");
        var prompt = _taken.Take("prompt");
        _writer.Attributes(_declaration.IsObsolete || Data().Any(static parameter => parameter.Shape.Objects.Any(static type => type.IsObsolete)));
        _writer.Open($"private readonly struct {_stem}Template({parameters}) : global::PromptGen.Prompts.IPromptTemplate");
        WriteRender(used, model, prompt);
        foreach (var index in used)
        {
            _writer.Line();
            TemplateEmitter.EmitRender(_writer, _plan.Templates[index], RenderName(index));
        }

        if (_plan.Repair is { } repair && _declaration.Repairs > 0)
        {
            _writer.Line();
            TemplateEmitter.EmitRepair(_writer, repair, _taken.Take("outcome"));
        }

        _writer.Close();
    }

    /// <summary>The choice among the templates: the one for every model is the default, else the one that most models get.</summary>
    private void WriteRender(int[] used, string model, string prompt)
    {
        var choices = _plan.Selection.Choices.ToLookup(static choice => choice.Template);
        var common = used
            .OrderByDescending(index => _declaration.Templates[index] is { For: null, ForTier: null })
            .ThenByDescending(index => choices[index].Count())
            .First();
        _writer.Open($"public void Render(global::PromptGen.Catalog.ModelInfo {model}, global::PromptGen.Prompts.PromptWriter {prompt})");
        if (used.Length == 1)
        {
            _writer.Line($"{RenderName(common)}({prompt});");
        }
        else
        {
            _writer.Open($"switch ({model}.Id)");
            foreach (var index in used.Where(index => index != common))
            {
                foreach (var choice in choices[index])
                {
                    _writer.Line($"case {Literal.String(choice.ModelId)}:");
                }

                _writer.Indent().Line($"{RenderName(index)}({prompt});").Line("break;").Unindent();
            }

            _writer.Line("default:").Indent().Line($"{RenderName(common)}({prompt});").Line("break;").Unindent();
            _writer.Close();
        }

        _writer.Close();
    }

    private string RenderName(int index)
    {
        var template = _declaration.Templates[index];
        return (template.For ?? template.ForTier?.ToString()) is null ? "RenderDefault" + (index == 0 ? "" : Literal.Int(index + 1)) : "RenderTemplate" + Literal.Int(index + 1);
    }

    /// <summary>How the method reaches the runtime, where a parameter or a member may hide it.</summary>
    private string Runtime()
    {
        var container = _declaration.Container;
        return NeedsRuntimeMember() ? _stem + "Runtime"
            : HasParameter(container.RuntimeName) ? "this." + CSharpName.Escape(container.RuntimeName)
            : CSharpName.Escape(container.RuntimeName);
    }

    /// <summary>A member for the primary constructor's parameter where a name hides it, or only an initializer can refer to it.</summary>
    private void WriteRuntime()
    {
        if (NeedsRuntimeMember())
        {
            var container = _declaration.Container;
            var isInitialized = container.Access == RuntimeAccess.HiddenParameter;
            _writer.Line();
            _writer.Attributes(_declaration.IsObsolete);
            _writer.Line($"private {(isInitialized ? "readonly " : "")}global::PromptGen.PromptRuntime {_stem}Runtime {(isInitialized ? "=" : "=>")} {CSharpName.Escape(container.RuntimeName)};");
        }
    }

    private bool NeedsRuntimeMember() => _declaration.Container.Access == RuntimeAccess.HiddenParameter
        || (_declaration.Container.Access == RuntimeAccess.PrimaryParameter && HasParameter(_declaration.Container.RuntimeName));

    private string Step(PlannedStep step) => $"{_stem}Route.{StepName(step.Name)}";

    private string StepName(string step) => CatalogEmitter.MemberOf(_stem + "Route", step);

    private bool HasParameter(string name) => _declaration.Parameters.Any(parameter => parameter.Name == name);

    private IEnumerable<ParameterDeclaration> Data() => _declaration.Parameters.Where(static parameter => parameter.IsData);
}
