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
    private readonly DefinitionEmitter _definition;
    private readonly HashSet<string> _taken;

    public PromptBody(SourceWriter writer, PromptPlan plan)
    {
        _writer = writer;
        _plan = plan;
        _declaration = plan.Declaration;
        _stem = _declaration.Stem;
        _definition = new DefinitionEmitter(writer, plan);
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
        if (_declaration.IsChatClient)
        {
            Entry().WriteChatRules();
        }

        Entry().WriteCases();
        _writer.Line();
        _definition.WriteRoute();
        _writer.Line();
        _definition.Write();
        if (_declaration.IsChatClient)
        {
            return;
        }

        if (_plan.Ensemble is { } voting)
        {
            _writer.Line();
            Ensemble()!.Write(_definition.Step(voting.Step.Name));
        }

        if (AcceptanceEmitter.IsNeeded(_declaration))
        {
            _writer.Line();
            _writer.Attributes(AcceptanceEmitter.IsObsolete(_declaration));
            AcceptanceEmitter.Emit(_writer, _declaration, _stem + "Accepts");
        }

        if (ChecksKept() is { } kept)
        {
            _writer.Line();
            _writer.Attributes(AcceptanceEmitter.IsObsolete(_declaration));
            AcceptanceEmitter.Emit(_writer, kept, _stem + "AcceptsKept");
        }

        _writer.Line();
        WriteTemplate();
    }

    private void WriteChatClient() => _writer
        .Line(PromptEmitter.Signature(_declaration, isAsync: false) + " =>")
        .Indent()
        .Line($"global::PromptGen.ChatRouteExtensions.AsChatClient({Runtime()}, {_stem}Prompt{(_plan.Entry.Rules.Count > 0 ? $", {_stem}Entry" : "")});")
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
            WriteLookup(call, template, result);
            if (Ensemble() is { } ensemble)
            {
                _writer.Line($"if ({ensemble.Vote(call, template, _taken)}) return {result};");
            }

            foreach (var step in _plan.Route.Steps)
            {
                _writer.Line($"if (await {call}.TryAsync({_definition.Step(step.Name)}, {template}).ConfigureAwait(false)) return {result};");
            }
        }
        else
        {
            var step = OpenSteps(call, Ensemble() is { } ensemble ? (ensemble.Vote(call, template, _taken), result) : null, entry => WriteLookup(call, template, result, entry));
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
            var steps = _plan.Route.Steps.Select(step => $"await {call}.TryAsync({_definition.Step(step.Name)}, {template}).ConfigureAwait(false)");
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

    /// <summary>Writes the look for a kept answer, where the prompt keeps some.</summary>
    private void WriteLookup(string call, string template, string result, string? entry = null)
    {
        if (_plan.Cache is null)
        {
            return;
        }

        var checks = ChecksKept() is { } kept ? ", checks: " + AcceptanceEmitter.Delegate(kept, _stem + "AcceptsKept", _taken, alwaysAwaited: true) : "";
        _writer.Line($"if (await {call}.CachedAsync({template}{(entry is null ? "" : ", " + entry)}{checks}).ConfigureAwait(false)) return {result};");
    }

    /// <summary>The checks that a kept answer passes again where the prompt has others, which cost; null = all of its checks.</summary>
    private PromptDeclaration? ChecksKept() =>
        _plan.Cache is not null && AcceptanceEmitter.IsJudged(_declaration) && AcceptanceEmitter.WithoutPrompts(_declaration) is var plain && AcceptanceEmitter.IsNeeded(plain)
            ? plain
            : null;

    /// <summary>Writes where the call enters its route, and opens the loop over the steps from there.</summary>
    /// <param name="call">The name of the call.</param>
    /// <param name="vote">What is asked where no clause decides, and the result where that is accepted; null = nothing.</param>
    /// <param name="beforePrompt">Writes what comes before a prompt is asked for the decision; null = nothing.</param>
    /// <returns>The name of the step.</returns>
    private string OpenSteps(string call, (string Call, string Result)? vote = null, System.Action<string>? beforePrompt = null)
    {
        var entry = Entry().Write(call, beforePrompt ?? (static _ => { }));
        var step = _taken.Take("step");
        if (vote is { } known)
        {
            _writer.Line($"var {step} = {call}.Enter({entry});");
            _writer.Line($"if ({entry}.RoutedBy is null && {known.Call}) return {known.Result};");
            _writer.Open($"for (; {step} is not null; {step} = {call}.After({step}))");
            return step;
        }

        _writer.Open($"for (var {step} = {call}.Enter({entry}); {step} is not null; {step} = {call}.After({step}))");
        return step;
    }

    private EnsembleEmitter? Ensemble() => _plan.Ensemble is { } ensemble ? new EnsembleEmitter(_writer, _plan, ensemble) : null;

    private EntryEmitter Entry() => new(_writer, _plan, _definition, Token(), _taken);

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

        var arguments = Enumerable.Range(fallback.IsStatic ? 1 : 2, count).Select((position, index) => $"{(fallback.Arguments[index].Cast is { } cast ? $"({cast})" : "")}{state}.Item{Literal.Int(position)}").ToList();
        if (fallback.TakesToken)
        {
            arguments.Add(stop);
        }

        // A call with a dynamic argument that names no owner means one through this, which the lambda does not have.
        var needsOwner = HasParameter(fallback.Name) || fallback.IsOverloaded || Data().Any(static parameter => parameter.TypeName.Contains("dynamic"));
        var owner = !fallback.IsStatic ? state + ".Item1." : needsOwner ? _declaration.Container.FullName + "." : "";
        var method = $"{owner}{CSharpName.Escape(fallback.Name)}({string.Join(", ", arguments)})";
        var isAsync = fallback.IsAwaited ? "async " : "";
        var body = fallback.IsAwaited ? $"await {method}.ConfigureAwait(false)" : _declaration.IsStream ? method : $"new global::System.Threading.Tasks.ValueTask<{AnswerType(fallback)}>({method})";
        var seconds = double.IsNaN(fallback.Seconds) ? "" : ", " + Literal.Double(fallback.Seconds);
        return $"{DetachedCall.Tuple(values)}, static {isAsync}({state}, {stop}) => {body}{seconds}";
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

    private void WriteTemplate()
    {
        var parameters = string.Join(", ", Data().Select(static parameter => parameter.TypeName + " " + CSharpName.Escape(parameter.FieldName)));
        var used = _plan.Selection.Choices.Select(static choice => choice.Template).Distinct().OrderBy(static index => index).ToArray();
        var model = _taken.Take("model");
        var prompt = _taken.Take("prompt");
        _writer.Attributes(_declaration.IsObsolete || Data().Any(static parameter => parameter.Shape.Objects.Any(static type => type.IsObsolete)));
        _writer.Open($"private readonly struct {_stem}Template({parameters}) : global::PromptGen.Prompts.IPromptTemplate{(_plan.Cache is null ? "" : ", global::PromptGen.Caching.ICacheKey")}");
        WriteRender(used, model, prompt);
        if (_plan.Cache is not null)
        {
            _writer.Line();
            KeyEmitter.Emit(_writer, Data().ToArray());
        }

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

    private bool HasParameter(string name) => _declaration.Parameters.Any(parameter => parameter.Name == name);

    private IEnumerable<ParameterDeclaration> Data() => _declaration.Parameters.Where(static parameter => parameter.IsData);
}
