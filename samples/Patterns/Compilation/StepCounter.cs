using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Acme.Patterns.Compilation;

/// <summary>
/// Rewrites code so that it counts its steps: each iteration of a loop, each call of a method, accessor, operator or lambda, each object of a class. A thread cannot be aborted in
/// .NET; code that counts ends itself.
/// </summary>
internal sealed class StepCounter(SemanticModel model) : CSharpSyntaxRewriter
{
    private static readonly StatementSyntax Step = ParseStatement($"global::{StepMeter.Name}.{StepMeter.Step}();");

    private int _fields;

    public override SyntaxNode VisitForStatement(ForStatementSyntax node) => base.VisitForStatement(node) is ForStatementSyntax loop ? loop.WithStatement(Counted(loop.Statement)) : node;

    public override SyntaxNode VisitForEachStatement(ForEachStatementSyntax node) =>
        base.VisitForEachStatement(node) is ForEachStatementSyntax loop ? loop.WithStatement(Counted(loop.Statement)) : node;

    public override SyntaxNode VisitForEachVariableStatement(ForEachVariableStatementSyntax node) =>
        base.VisitForEachVariableStatement(node) is ForEachVariableStatementSyntax loop ? loop.WithStatement(Counted(loop.Statement)) : node;

    public override SyntaxNode VisitWhileStatement(WhileStatementSyntax node) =>
        base.VisitWhileStatement(node) is WhileStatementSyntax loop ? loop.WithStatement(Counted(loop.Statement)) : node;

    public override SyntaxNode VisitDoStatement(DoStatementSyntax node) => base.VisitDoStatement(node) is DoStatementSyntax loop ? loop.WithStatement(Counted(loop.Statement)) : node;

    // Code that catches everything would go on after a limit, or unwind a deep recursion exception by exception.
    public override SyntaxNode VisitCatchClause(CatchClauseSyntax node)
    {
        var clause = (CatchClauseSyntax)base.VisitCatchClause(node)!;
        var mayGoOn = ParseExpression($"global::{StepMeter.Name}.{StepMeter.Exceeded} == 0");

        return clause.WithFilter(CatchFilterClause(clause.Filter is { } filter ? BinaryExpression(SyntaxKind.LogicalAndExpression, mayGoOn, ParenthesizedExpression(filter.FilterExpression)) : mayGoOn));
    }

    public override SyntaxNode VisitMethodDeclaration(MethodDeclarationSyntax node)
    {
        var method = (MethodDeclarationSyntax)base.VisitMethodDeclaration(node)!;

        return method.Body is null && method.ExpressionBody is null ? method : method.WithBody(Counted(method.Body, method.ExpressionBody, ReturnsVoid(node))).WithExpressionBody(null).WithSemicolonToken(default);
    }

    public override SyntaxNode VisitLocalFunctionStatement(LocalFunctionStatementSyntax node)
    {
        var method = (LocalFunctionStatementSyntax)base.VisitLocalFunctionStatement(node)!;

        return method.WithBody(Counted(method.Body, method.ExpressionBody, ReturnsVoid(node))).WithExpressionBody(null).WithSemicolonToken(default);
    }

    public override SyntaxNode VisitConstructorDeclaration(ConstructorDeclarationSyntax node)
    {
        var method = (ConstructorDeclarationSyntax)base.VisitConstructorDeclaration(node)!;

        return method.WithBody(Counted(method.Body, method.ExpressionBody, returnsVoid: true)).WithExpressionBody(null).WithSemicolonToken(default);
    }

    public override SyntaxNode VisitOperatorDeclaration(OperatorDeclarationSyntax node)
    {
        var method = (OperatorDeclarationSyntax)base.VisitOperatorDeclaration(node)!;

        return method.Body is null && method.ExpressionBody is null ? method : method.WithBody(Counted(method.Body, method.ExpressionBody, returnsVoid: false)).WithExpressionBody(null).WithSemicolonToken(default);
    }

    public override SyntaxNode VisitConversionOperatorDeclaration(ConversionOperatorDeclarationSyntax node)
    {
        var method = (ConversionOperatorDeclarationSyntax)base.VisitConversionOperatorDeclaration(node)!;

        return method.Body is null && method.ExpressionBody is null ? method : method.WithBody(Counted(method.Body, method.ExpressionBody, returnsVoid: false)).WithExpressionBody(null).WithSemicolonToken(default);
    }

    public override SyntaxNode VisitAccessorDeclaration(AccessorDeclarationSyntax node)
    {
        var accessor = (AccessorDeclarationSyntax)base.VisitAccessorDeclaration(node)!;

        return accessor.Body is null && accessor.ExpressionBody is null ? accessor
            : accessor.WithBody(Counted(accessor.Body, accessor.ExpressionBody, returnsVoid: !node.IsKind(SyntaxKind.GetAccessorDeclaration))).WithExpressionBody(null).WithSemicolonToken(default);
    }

    public override SyntaxNode VisitPropertyDeclaration(PropertyDeclarationSyntax node)
    {
        var property = (PropertyDeclarationSyntax)base.VisitPropertyDeclaration(node)!;

        return property.ExpressionBody is null ? property : property.WithAccessorList(Getter(property.ExpressionBody)).WithExpressionBody(null).WithSemicolonToken(default);
    }

    public override SyntaxNode VisitIndexerDeclaration(IndexerDeclarationSyntax node)
    {
        var indexer = (IndexerDeclarationSyntax)base.VisitIndexerDeclaration(node)!;

        return indexer.ExpressionBody is null ? indexer : indexer.WithAccessorList(Getter(indexer.ExpressionBody)).WithExpressionBody(null).WithSemicolonToken(default);
    }

    public override SyntaxNode VisitSimpleLambdaExpression(SimpleLambdaExpressionSyntax node) => Counted((SimpleLambdaExpressionSyntax)base.VisitSimpleLambdaExpression(node)!, node);

    public override SyntaxNode VisitParenthesizedLambdaExpression(ParenthesizedLambdaExpressionSyntax node) =>
        Counted((ParenthesizedLambdaExpressionSyntax)base.VisitParenthesizedLambdaExpression(node)!, node);

    public override SyntaxNode VisitAnonymousMethodExpression(AnonymousMethodExpressionSyntax node)
    {
        var method = (AnonymousMethodExpressionSyntax)base.VisitAnonymousMethodExpression(node)!;

        return method.WithBlock(Counted(method.Block, null, returnsVoid: true));
    }

    public override SyntaxNode VisitClassDeclaration(ClassDeclarationSyntax node) =>
        node.Modifiers.Any(SyntaxKind.StaticKeyword) ? base.VisitClassDeclaration(node)! : CountedObjects((ClassDeclarationSyntax)base.VisitClassDeclaration(node)!);

    // A struct runs initializers only in a constructor; without one it may have none.
    public override SyntaxNode VisitStructDeclaration(StructDeclarationSyntax node) =>
        node.DescendantNodes().Any(static inner => inner is EqualsValueClauseSyntax) && node.Members.Any(static member => member is ConstructorDeclarationSyntax)
            ? CountedObjects((StructDeclarationSyntax)base.VisitStructDeclaration(node)!)
            : base.VisitStructDeclaration(node)!;

    private static BlockSyntax Counted(StatementSyntax statement) => Block(Step, statement);

    private static BlockSyntax Counted(BlockSyntax? body, ArrowExpressionClauseSyntax? arrow, bool returnsVoid) =>
        body is not null ? body.WithStatements(body.Statements.Insert(0, Step)) : Block(Step, Statement(arrow!.Expression, returnsVoid));

    private static StatementSyntax Statement(ExpressionSyntax expression, bool returnsVoid) =>
        expression is ThrowExpressionSyntax thrown ? ThrowStatement(thrown.Expression.WithLeadingTrivia(Space))
        : returnsVoid ? ExpressionStatement(expression)
        : ReturnStatement(expression.WithLeadingTrivia(Space));

    private static AccessorListSyntax Getter(ArrowExpressionClauseSyntax arrow) =>
        AccessorList(SingletonList(AccessorDeclaration(SyntaxKind.GetAccessorDeclaration, Counted(null, arrow, returnsVoid: false))));

    private T Counted<T>(T lambda, LambdaExpressionSyntax original)
        where T : LambdaExpressionSyntax => (T)(lambda.Block is { } block
            ? lambda.WithBody(Counted(block, null, returnsVoid: false))
            : lambda.WithBody(Block(Step, Statement(lambda.ExpressionBody!, model.GetSymbolInfo(original).Symbol is IMethodSymbol { ReturnsVoid: true }))));

    private bool ReturnsVoid(SyntaxNode declaration) => model.GetDeclaredSymbol(declaration) is IMethodSymbol { ReturnsVoid: true };

    // The first initializer of an object: objects that create objects in their initializers call nothing else that counts.
    private T CountedObjects<T>(T type)
        where T : TypeDeclarationSyntax
    {
        if (type.OpenBraceToken.IsKind(SyntaxKind.None))
        {
            return type;
        }

        var field = ParseMemberDeclaration($"private readonly bool {StepMeter.Name}{_fields++} = global::{StepMeter.Name}.{StepMeter.Step}();")!;

        return (T)type.WithMembers(type.Members.Insert(0, field));
    }
}
